CREATE TABLE attendance (
  id text NOT NULL PRIMARY KEY,
  group_id text NOT NULL,
  student_id text NOT NULL,
  held_on date NOT NULL,
  status text NOT NULL CHECK (status IN ('present', 'absent', 'excused')),
  minutes integer NOT NULL DEFAULT 0 CHECK (minutes >= 0),
  note text NOT NULL DEFAULT '',
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (group_id, student_id, held_on),
  FOREIGN KEY (group_id, student_id) REFERENCES group_members (group_id, student_id) ON DELETE CASCADE
);

CREATE INDEX attendance_day ON attendance (held_on, status);
