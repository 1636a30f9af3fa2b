-- object: {schema:o}.loose
-- breaks
create table {schema}.loose ({tenant} uuid, id int); alter table {schema}.loose enable row level security, force row level security; create policy base on {schema}.loose using (true) with check (true); create policy fence on {schema}.loose as restrictive using ({tenant} = (select app.tenant())) with check ({tenant} = (select app.tenant()));
-- holds
create table {schema}.loose (note text, id int);
