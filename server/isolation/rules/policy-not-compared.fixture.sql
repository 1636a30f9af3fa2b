-- object: fence on {students}
-- breaks
alter policy fence on {students} using ({tenant} is not null);
-- holds
alter policy base on {students} using ({tenant} is not null or email is null);
