-- object: dblink
-- breaks
create extension dblink schema app; revoke execute on all functions in schema app from public; grant execute on function app.tenant() to public;
-- holds
create extension pgcrypto schema app;
