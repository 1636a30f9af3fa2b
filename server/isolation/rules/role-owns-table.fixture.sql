-- object: {students}
-- breaks
alter table {students} owner to {app};
-- holds
alter table {grades} owner to {app};
