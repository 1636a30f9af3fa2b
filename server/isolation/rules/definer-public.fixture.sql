-- object: {schema:o}.tidy()
-- breaks
create procedure {schema}.tidy() security definer set search_path = pg_catalog language sql as 'select 1'; alter procedure {schema}.tidy() owner to {owner};
-- holds
create procedure {schema}.tidy() security definer set search_path = pg_catalog language sql as 'select 1'; alter procedure {schema}.tidy() owner to {owner}; revoke execute on procedure {schema}.tidy() from public; grant execute on procedure {schema}.tidy() to {app};
