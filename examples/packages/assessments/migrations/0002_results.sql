CREATE TABLE results (
  id text NOT NULL PRIMARY KEY,
  assessment_id text NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  student_id text NOT NULL,
  score numeric(6, 2) NOT NULL CHECK (score >= 0),
  taken_on date NOT NULL,
  recorded_by text NOT NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (assessment_id, student_id, taken_on)
);

CREATE INDEX results_student ON results (student_id, taken_on);
