CREATE TABLE calendars (
  id text NOT NULL PRIMARY KEY,
  school_id text REFERENCES schools (id) ON DELETE CASCADE,
  school_year integer NOT NULL,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (school_id, school_year),
  CHECK (ends_on > starts_on)
);

CREATE TABLE calendar_days (
  calendar_id text NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('school', 'holiday', 'staff')),
  label text NOT NULL DEFAULT '',
  PRIMARY KEY (calendar_id, day)
);
