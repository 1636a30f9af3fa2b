-- object: {schema:o}.events_2026
-- breaks
alter table {schema}.events_2026 disable row level security;
-- holds
create table {schema}.events_2027 partition of {schema}.events for values from ('2027-01-01') to ('2028-01-01'); alter table {schema}.events_2027 enable row level security, force row level security;
