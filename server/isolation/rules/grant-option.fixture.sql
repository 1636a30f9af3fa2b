-- object: {students}
-- breaks
grant select, delete on {students} to {app} with grant option;
-- holds
grant select, delete on {students} to {app};
