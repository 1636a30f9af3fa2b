CREATE TABLE reports (
  id text NOT NULL PRIMARY KEY,
  name text NOT NULL UNIQUE,
  definition text NOT NULL,
  owner_id text NOT NULL,
  is_shared boolean NOT NULL DEFAULT false,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE report_runs (
  id text NOT NULL PRIMARY KEY,
  report_id text NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
  status text NOT NULL CHECK (status IN ('running', 'done', 'failed')),
  started_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at timestamp
);

CREATE INDEX report_runs_report ON report_runs (report_id, started_at);
