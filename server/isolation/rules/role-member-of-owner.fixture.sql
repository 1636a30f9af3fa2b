-- object: go_between → {owner}
-- breaks
create role go_between nologin; grant go_between to {app}; grant {owner} to go_between with inherit false;
-- holds
create role go_between nologin; grant go_between to {app}; grant go_between to {owner};
