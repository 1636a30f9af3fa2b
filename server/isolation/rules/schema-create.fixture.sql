-- object: {schema:o}
-- breaks
grant create on schema {schema} to {app};
-- holds
grant usage on schema {schema} to {app};
