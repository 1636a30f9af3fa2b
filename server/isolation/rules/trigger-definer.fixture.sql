-- object: {schema:o}.copies()
-- breaks
create function {schema}.copies() returns trigger security definer set search_path = pg_catalog language plpgsql as 'begin return new; end'; create trigger copies before insert on {students} for each row execute function {schema}.copies();
-- holds
create function {schema}.copies() returns trigger language plpgsql as 'begin return new; end'; create trigger copies before insert on {students} for each row execute function {schema}.copies();
