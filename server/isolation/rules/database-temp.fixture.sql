-- object: {app}
-- breaks
grant temporary on database {database} to {app};
-- holds
grant connect on database {database} to {app};
