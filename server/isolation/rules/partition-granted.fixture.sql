-- object: {schema:o}.events_2026
-- breaks
grant select on {schema}.events_2026 to {app};
-- holds
grant select on {schema}.events to {app};
