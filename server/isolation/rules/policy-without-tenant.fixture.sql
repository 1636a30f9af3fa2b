-- object: short on {students}
-- breaks
drop policy fence on {students}; drop policy base on {students}; create policy short on {students} using (email is not null) with check (email is not null);
-- holds
create policy short on {students} using (email is not null) with check (email is not null);
