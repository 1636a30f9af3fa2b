-- object: fence on {students}
-- breaks
alter policy fence on {students} using ({tenant} = app.tenant()) with check ({tenant} = app.tenant());
-- holds
create function {schema}.known(text) returns boolean immutable language sql as 'select true'; alter policy base on {students} using ({schema}.known(email));
