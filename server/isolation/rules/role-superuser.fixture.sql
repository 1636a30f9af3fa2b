-- object: {app}
-- breaks
alter role {app} superuser;
-- holds
alter role {owner} superuser;
