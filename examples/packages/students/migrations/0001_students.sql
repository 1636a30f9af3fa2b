CREATE TABLE grade_levels (
  code text NOT NULL PRIMARY KEY,
  label text NOT NULL,
  position integer NOT NULL UNIQUE
);

INSERT INTO grade_levels (code, label, position) VALUES
  ('K', 'Kindergarten', 0), ('1', 'Grade 1', 1), ('2', 'Grade 2', 2), ('3', 'Grade 3', 3),
  ('4', 'Grade 4', 4), ('5', 'Grade 5', 5), ('6', 'Grade 6', 6), ('7', 'Grade 7', 7),
  ('8', 'Grade 8', 8), ('9', 'Grade 9', 9), ('10', 'Grade 10', 10), ('11', 'Grade 11', 11),
  ('12', 'Grade 12', 12);

CREATE TABLE students (
  id text NOT NULL PRIMARY KEY,
  local_number text NOT NULL UNIQUE,
  first_name text NOT NULL,
  last_name text NOT NULL,
  birth_date date,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'graduated')),
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX students_name ON students (last_name, first_name);
