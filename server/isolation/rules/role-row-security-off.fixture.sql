-- object: {app}
-- breaks
alter role {app} in database {database} set row_security = off;
-- holds
alter role {app} in database {database} set row_security = on;
