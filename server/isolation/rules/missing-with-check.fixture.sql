-- object: more on {students}
-- breaks
create policy more on {students} for update using ({tenant} = (select app.tenant()));
-- holds
create policy more on {students} for select using ({tenant} = (select app.tenant()));
