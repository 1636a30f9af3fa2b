CREATE TABLE intervention_groups (
  id text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  staff_id text NOT NULL,
  subject text NOT NULL,
  note text NOT NULL DEFAULT '',
  starts_on date NOT NULL,
  ends_on date,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX intervention_groups_staff ON intervention_groups (staff_id, starts_on);

CREATE TABLE group_members (
  group_id text NOT NULL REFERENCES intervention_groups (id) ON DELETE CASCADE,
  student_id text NOT NULL,
  joined_on date NOT NULL,
  left_on date,
  PRIMARY KEY (group_id, student_id)
);

CREATE INDEX group_members_student ON group_members (student_id);
