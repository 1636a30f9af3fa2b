-- object: {schema:o}
-- breaks
grant usage on schema {schema} to public;
-- holds
grant usage on schema app to public;
