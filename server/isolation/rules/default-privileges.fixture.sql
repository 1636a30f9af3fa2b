-- object: {owner} in {schema:o}
-- breaks
alter default privileges for role {owner} in schema {schema} grant select on tables to {app};
-- holds
alter default privileges for role {owner} in schema {schema} grant usage on sequences to {app};
