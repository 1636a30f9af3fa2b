-- object: {schema:o}.notes
-- breaks
create table {schema}.notes (body text); grant select on {schema}.notes to {app};
-- holds
create table {schema}.notes (body text);
