-- object: watch
-- breaks
create function {schema}.watch() returns event_trigger language plpgsql as 'begin end'; alter function {schema}.watch() owner to {owner}; create event trigger watch on ddl_command_end execute function {schema}.watch();
-- holds
create function {schema}.watch() returns event_trigger language plpgsql as 'begin end'; create event trigger watch on ddl_command_end execute function {schema}.watch();
