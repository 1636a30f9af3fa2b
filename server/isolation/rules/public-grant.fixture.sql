-- object: {students}
-- breaks
grant select, update (email) on {students} to public;
-- holds
grant select on {grades} to public;
