-- object: moves on {students}
-- breaks
drop policy fence on {students}; drop policy base on {students}; create policy moves on {students} for update using ({tenant} = (select app.tenant())) with check (true);
-- holds
create policy moves on {students} for update using ({tenant} = (select app.tenant())) with check (true);
