-- object: large objects
-- breaks
grant execute on function pg_catalog.lo_get(oid) to {app};
-- holds
grant execute on function pg_catalog.lo_lseek(integer, integer, integer) to {app};
