-- object: {grades}
-- breaks
grant insert, update on {grades} to {app};
-- holds
grant select on {grades} to {app};
