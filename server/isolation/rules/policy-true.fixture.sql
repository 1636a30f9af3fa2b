-- object: base on {students}
-- breaks
drop policy fence on {students};
-- holds
create policy more on {students} using (true);
