CREATE TABLE import_kinds (
  code text NOT NULL PRIMARY KEY,
  label text NOT NULL
);

INSERT INTO import_kinds (code, label) VALUES
  ('students', 'Students'), ('staff', 'Staff'), ('enrollments', 'Enrollments'), ('results', 'Assessment results');

CREATE TABLE import_jobs (
  id text NOT NULL PRIMARY KEY,
  kind text NOT NULL REFERENCES import_kinds (code),
  file_name text NOT NULL,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'running', 'done', 'failed')),
  started_by text NOT NULL,
  started_at timestamp,
  finished_at timestamp,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX import_jobs_status ON import_jobs (status, created_at);
