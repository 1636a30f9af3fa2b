-- object: school on {students}
-- breaks
alter table {students} add column "whose" uuid;
alter table {students} drop constraint school;
alter table {students} add constraint school foreign key ("whose", school_id) references {schools} ({tenant}, id) on delete set null (school_id);
-- holds
alter table {students} drop constraint school;
alter table {students} add constraint school foreign key ({tenant}, school_id) references {schools} ({tenant}, id) on delete cascade;
