CREATE TABLE sections (
  id text NOT NULL PRIMARY KEY,
  school_id text NOT NULL,
  course text NOT NULL,
  number text NOT NULL,
  teacher_id text NOT NULL,
  school_year integer NOT NULL,
  seats integer NOT NULL DEFAULT 30 CHECK (seats > 0),
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (school_id, school_year, course, number)
);

CREATE INDEX sections_teacher ON sections (teacher_id, school_year);
