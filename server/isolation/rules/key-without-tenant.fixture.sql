-- object: {schema:o}.by_email
-- breaks
create unique index by_email on {students} (lower(email)) where email is not null;
-- holds
create unique index by_email on {students} ({tenant}, lower(email)) where email is not null;
