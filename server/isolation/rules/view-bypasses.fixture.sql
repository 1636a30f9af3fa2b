-- object: {schema:o}.all_of_them
-- breaks
create view {schema}.all_of_them as select * from {students}; create view {schema}.above with (security_invoker) as select * from {schema}.all_of_them; grant select on {schema}.all_of_them to public;
-- holds
create view {schema}.all_of_them as select * from {students};
