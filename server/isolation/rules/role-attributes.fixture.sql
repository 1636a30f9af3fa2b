-- object: {app}
-- breaks
alter role {app} createrole replication;
-- holds
alter role {app} createrole; alter role {app} nocreaterole connection limit 5;
