-- object: {schema:o}.plain
-- breaks
create view {schema}.plain as select * from {students}; alter view {schema}.plain owner to {owner}; grant select on {schema}.plain to {app};
-- holds
create view {schema}.plain with (security_invoker = on) as select * from {students}; alter view {schema}.plain owner to {owner}; grant select on {schema}.plain to {app};
