-- object: {schema:o}.far
-- breaks
create foreign data wrapper nothing; create server away foreign data wrapper nothing; create foreign table {schema}.far (id int) server away; grant select on {schema}.far to {app};
-- holds
create foreign data wrapper nothing; create server away foreign data wrapper nothing; create foreign table {schema}.far (id int) server away;
