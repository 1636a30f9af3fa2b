-- object: {app} → chief
-- breaks
create role chief nologin bypassrls; grant chief to {app};
-- holds
create role chief nologin; grant chief to {app};
