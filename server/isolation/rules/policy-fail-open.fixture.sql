-- object: fence on {students}
-- breaks
alter policy fence on {students} using ((select app.tenant()) is null or {tenant} = (select app.tenant()));
-- holds
alter policy fence on {students} using ((email is null or email <> '') and {tenant} = (select app.tenant()));
