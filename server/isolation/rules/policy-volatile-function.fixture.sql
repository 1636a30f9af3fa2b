-- object: fence on {students}
-- breaks
create function {schema}.who() returns uuid language sql as 'select app.tenant()'; alter policy fence on {students} using ({tenant} = (select {schema}.who()));
-- holds
create function {schema}.who() returns uuid stable language sql as 'select app.tenant()'; alter policy fence on {students} using ({tenant} = (select {schema}.who()));
