-- object: {app}
-- breaks
alter role {app} bypassrls;
-- holds
alter role {owner} bypassrls;
