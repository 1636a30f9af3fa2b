CREATE TABLE enrollments (
  id text NOT NULL PRIMARY KEY,
  student_id text NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  school_id text NOT NULL,
  grade text NOT NULL REFERENCES grade_levels (code),
  school_year integer NOT NULL CHECK (school_year BETWEEN 1990 AND 2100),
  entered_on date NOT NULL,
  left_on date,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (student_id, school_id, school_year)
);

CREATE INDEX enrollments_school ON enrollments (school_id, school_year, grade);
CREATE UNIQUE INDEX enrollments_open ON enrollments (student_id) WHERE left_on IS NULL;
