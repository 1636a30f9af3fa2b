-- object: {database}
-- breaks
grant connect on database {database} to public;
-- holds
grant connect on database {database} to {app};
