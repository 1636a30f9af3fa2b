-- object: {schema:o}.count_them("in" text)
-- breaks
create function {schema}.count_them("in" text) returns bigint security definer language sql as 'select 1::bigint'; revoke execute on function {schema}.count_them from public;
-- holds
create function {schema}.count_them("in" text) returns bigint security definer set search_path = pg_catalog, pg_temp language sql as 'select 1::bigint'; revoke execute on function {schema}.count_them from public;
