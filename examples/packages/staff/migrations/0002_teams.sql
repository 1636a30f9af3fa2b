CREATE TABLE teams (
  id text NOT NULL PRIMARY KEY,
  name text NOT NULL UNIQUE,
  lead_id text REFERENCES staff (id) ON DELETE SET NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE assignments (
  id text NOT NULL PRIMARY KEY,
  staff_id text NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  team_id text REFERENCES teams (id) ON DELETE SET NULL,
  school_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('teacher', 'specialist', 'administrator', 'support')),
  starts_on date NOT NULL,
  ends_on date,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
);

CREATE INDEX assignments_staff ON assignments (staff_id, starts_on);
CREATE INDEX assignments_school ON assignments (school_id, role);
