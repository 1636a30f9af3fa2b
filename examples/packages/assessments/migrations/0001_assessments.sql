CREATE TABLE subjects (
  code text NOT NULL PRIMARY KEY,
  label text NOT NULL
);

INSERT INTO subjects (code, label) VALUES ('reading', 'Reading'), ('math', 'Mathematics'), ('science', 'Science');

CREATE TABLE assessments (
  id text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  subject text NOT NULL REFERENCES subjects (code),
  grade text NOT NULL,
  highest_score numeric(6, 2) NOT NULL CHECK (highest_score > 0),
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (name, grade)
);
