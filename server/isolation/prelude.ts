/**
 * What every rule may select from. $1: tables with the tenant column, $2: roles of the application,
 * $3: the tenant column, $4: tables without it, $5: reference tables.
 */
const parts: Record<string, string> = {
  app_role: `
  select r.* from pg_catalog.pg_roles r where r.oid = any($2::oid[])`,
  grantee: `
  select oid, rolname::text as role from app_role union all select 0::oid, null`,
  tenant: `
  select c.oid, n.nspname::text as schema, c.relname::text as name, c.relkind, c.relispartition,
    c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.relnamespace, a.attnum, a.attnotnull,
    pg_catalog.format_type(a.atttypid, a.atttypmod) as type
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = $3::text and not a.attisdropped
  where c.oid = any($1::oid[])`,
  reference: `
  select c.oid, n.nspname::text as schema, c.relname::text as name
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = any($5::oid[])`,
  plain: `
  select c.oid, n.nspname::text as schema, c.relname::text as name
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = any($4::oid[])`,
  relation_grant: `
  select c.oid, g.role, x.privilege_type as privilege, x.is_grantable, null::text as column_name
  from pg_catalog.pg_class c
  cross join lateral pg_catalog.aclexplode(c.relacl) x join grantee g on g.oid = x.grantee
  where x.grantee <> c.relowner
  union all
  select c.oid, g.role, x.privilege_type, x.is_grantable, a.attname::text
  from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attacl is not null
  cross join lateral pg_catalog.aclexplode(a.attacl) x join grantee g on g.oid = x.grantee
  where x.grantee <> c.relowner`,
  every_policy: `
  select t.oid, t.schema, t.name, t.type, p.oid as policy_oid, p.polname::text as policy, p.polcmd::text as command,
    p.polpermissive, pg_catalog.pg_get_expr(p.polqual, p.polrelid) as using_text,
    pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) as check_text, p.polroles = '{0}' as for_everybody
  from tenant t join pg_catalog.pg_policy p on p.polrelid = t.oid`,
  guarded: `
  select oid from every_policy where not polpermissive and command = '*' and for_everybody
    and position(quote_ident($3::text) in coalesce(using_text, '')) > 0
    and position(quote_ident($3::text) in coalesce(check_text, using_text, '')) > 0`,
  loose_policy: `
  select * from every_policy where polpermissive and oid not in (select oid from guarded)
    and (position(quote_ident($3::text) in coalesce(using_text, $3::text, '')) = 0
      or position(quote_ident($3::text) in coalesce(check_text, quote_ident($3::text))) = 0
      or using_text = 'true')`,
  over_tenant: `
  with recursive above (oid) as (
    select oid from tenant
    union
    select r.ev_class from above
    join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = above.oid
      and d.classid = 'pg_catalog.pg_rewrite'::regclass
    join pg_catalog.pg_rewrite r on r.oid = d.objid
  )
  select c.oid, n.nspname::text as schema, c.relname::text as name, c.relkind,
    o.rolsuper or o.rolbypassrls as is_bypassing,
    exists (select from unnest(c.reloptions) o where o ~* '^security_invoker=(true|on|yes|1)$') as is_invoker,
    (select array_agg(distinct g.role) from relation_grant g where g.oid = c.oid) as roles
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_roles o on o.oid = c.relowner
  where c.relkind in ('v', 'm') and c.oid in (select oid from above)`,
  own_function: `
  select p.oid, n.nspname::text as schema, p.proname::text as name, p.prosecdef, p.proleakproof, p.proconfig,
    p.proowner, pg_catalog.pg_get_function_identity_arguments(p.oid) as arguments,
    case p.prokind when 'p' then 'PROCEDURE' else 'FUNCTION' end as kind,
    p.prorettype in ('trigger'::regtype, 'event_trigger'::regtype) as is_trigger,
    o.rolsuper or o.rolbypassrls as is_bypassing,
    (select array_agg(distinct g.role) from pg_catalog.aclexplode(
        coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) x
      join grantee g on g.oid = x.grantee where x.grantee <> p.proowner) as roles,
    exists (select from pg_catalog.pg_depend d where d.refclassid = 'pg_catalog.pg_proc'::regclass
      and d.refobjid = p.oid and d.classid = 'pg_catalog.pg_policy'::regclass) as is_in_policy
  from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  join pg_catalog.pg_roles o on o.oid = p.proowner
  where p.prokind in ('f', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::regclass
      and d.objid = p.oid and d.deptype = 'e')`,
  membership: `
  with recursive reach (roleid, member, grantor) as (
    select m.roleid, m.member, m.grantor from app_role a join pg_catalog.pg_auth_members m on m.member = a.oid
    union
    select m.roleid, m.member, m.grantor from reach join pg_catalog.pg_auth_members m on m.member = reach.roleid
  )
  select reach.roleid, r.rolname::text as role, m.rolname::text as member, g.rolname::text as grantor,
    r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolreplication as is_powerful,
    exists (select from tenant where relowner = reach.roleid) as is_owner
  from reach join pg_catalog.pg_roles r on r.oid = reach.roleid
  join pg_catalog.pg_roles m on m.oid = reach.member join pg_catalog.pg_roles g on g.oid = reach.grantor`,
};

/** The parts that a query names, and those that these name, as its WITH clause. */
export function preludeFor(query: string): string {
  const needed = new Set<string>();
  const need = (text: string) => {
    for (const [name, part] of Object.entries(parts)) {
      if (needed.has(name) || !new RegExp(`\\b${name}\\b`).test(text)) continue;
      needed.add(name);
      need(part);
    }
  };
  need(query);
  const wanted = Object.entries(parts).filter(([name]) => needed.has(name));
  // The server wants to know the type of every parameter, also of those that nothing asks for.
  const given = "given as (select $1::oid[], $2::oid[], $3::text, $4::oid[], $5::oid[])";
  return `with ${[given, ...wanted.map(([name, part]) => `${name} as (${part})`)].join(", ")}`;
}
