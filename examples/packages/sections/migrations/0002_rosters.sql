CREATE TABLE rosters (
  section_id text NOT NULL REFERENCES sections (id) ON DELETE CASCADE,
  student_id text NOT NULL,
  added_on date NOT NULL,
  dropped_on date,
  PRIMARY KEY (section_id, student_id)
);

CREATE INDEX rosters_student ON rosters (student_id);
