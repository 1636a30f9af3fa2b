-- object: {students}
-- breaks
grant truncate, trigger, references on {students} to {app};
-- holds
grant select, insert, delete on {students} to {app};
