/**
 * Two tables of tenants behind a fence. A login is its tenant, so that no setting makes it another.
 * Needs a role pool_app that the logins are members of.
 */
export const fencedSchool = `
create schema app;
create function app.tenant() returns uuid stable language sql as $$
  select case when session_user like 't\\_%' then substr(session_user, 3)::uuid end $$;
create schema school;
create table school.schools (tenant_id uuid not null default app.tenant(), id uuid not null, name text, primary key (tenant_id, id));
create table school.students (
  tenant_id uuid not null default app.tenant(), id uuid not null, school_id uuid, note text, primary key (tenant_id, id),
  foreign key (tenant_id, school_id) references school.schools (tenant_id, id)
);
create sequence school.numbers;
create function school.total() returns bigint stable language sql as 'select count(*) from school.students';
create view school.notes with (security_invoker = true) as select * from school.students;
do $$ declare t text; begin foreach t in array array['schools', 'students'] loop
  execute format('alter table school.%I enable row level security, force row level security', t);
  execute format('create policy base on school.%I using (true) with check (true)', t);
  execute format('create policy fence on school.%I as restrictive using (tenant_id = (select app.tenant())) with check (tenant_id = (select app.tenant()))', t);
end loop; end $$;
grant usage on schema app, school to pool_app;
grant select, insert, delete on school.schools, school.students to pool_app;
grant update (id, name) on school.schools to pool_app;
grant update (id, school_id, note) on school.students to pool_app;
grant select on school.notes to pool_app;
grant usage on sequence school.numbers to pool_app;`;
