-- object: pg_catalog.pg_statistic
-- breaks
grant select on pg_catalog.pg_statistic to {app};
-- holds
grant select on pg_catalog.pg_stats to {app};
