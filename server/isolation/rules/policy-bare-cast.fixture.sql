-- object: fence on {students}
-- breaks
alter policy fence on {students} using ({tenant} = (select current_setting('app.t', true)::uuid)) with check ({tenant} = (select app.tenant()));
-- holds
alter policy fence on {students} using ({tenant} = (select nullif(current_setting('app.t', true), '')::uuid)) with check ({tenant} = (select app.tenant()));
