-- object: {schema:o}.peek(text)
-- breaks
create function {schema}.peek(text) returns boolean leakproof language sql as 'select true';
-- holds
create function {schema}.peek(text) returns boolean language sql as 'select true';
