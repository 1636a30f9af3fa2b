-- object: {app} → pg_monitor
-- breaks
grant pg_monitor to {app};
-- holds
grant pg_monitor to {owner};
