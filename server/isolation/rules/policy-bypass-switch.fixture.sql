-- object: fence on {students}
-- breaks
alter policy fence on {students} using ({tenant} = (select app.tenant()) or (select current_setting('app.bypass', true)) = 'on');
-- holds
alter policy fence on {students} using ({tenant} = (select app.tenant()) and email <> 'or');
