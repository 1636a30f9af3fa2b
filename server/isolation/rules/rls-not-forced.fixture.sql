-- object: {students}
-- breaks
alter table {students} no force row level security;
-- holds
alter table {students} no force row level security; alter table {students} force row level security;
