-- object: {schema:o}.by_email
-- breaks
create index by_email on {students} (email desc);
-- holds
create index by_email on {students} ({tenant}, email desc);
