-- object: {schema:o}.totals
-- breaks
create materialized view {schema}.totals as select count(*) from {students}; grant select on {schema}.totals to {app};
-- holds
create materialized view {schema}.totals as select count(*) from {students};
