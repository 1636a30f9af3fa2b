-- object: {schema:o}.everything()
-- breaks
create function {schema}.everything() returns bigint security definer set search_path = pg_catalog language sql as 'select count(*) from {students}';
-- holds
create function {schema}.everything() returns bigint security definer set search_path = pg_catalog language sql as 'select count(*) from {students}'; revoke execute on function {schema}.everything() from public;
