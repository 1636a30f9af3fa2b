-- object: {students}
-- breaks
drop policy fence on {students}; drop policy base on {students}; create policy narrow on {students} using ({tenant} = (select app.tenant())) with check ({tenant} = (select app.tenant()));
-- holds
create policy other on {students} using ({tenant} = (select app.tenant())) with check (true);
