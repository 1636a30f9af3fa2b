-- object: {students}
-- breaks
grant update on {students} to {app};
-- holds
grant update (email) on {students} to {app};
