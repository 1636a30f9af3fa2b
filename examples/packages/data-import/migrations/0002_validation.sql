CREATE TABLE import_rows (
  job_id text NOT NULL REFERENCES import_jobs (id) ON DELETE CASCADE,
  row_number integer NOT NULL CHECK (row_number > 0),
  content text NOT NULL,
  is_valid boolean NOT NULL DEFAULT true,
  PRIMARY KEY (job_id, row_number)
);

CREATE TABLE validation_results (
  id text NOT NULL PRIMARY KEY,
  job_id text NOT NULL,
  row_number integer NOT NULL,
  field text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('error', 'warning')),
  message text NOT NULL,
  FOREIGN KEY (job_id, row_number) REFERENCES import_rows (job_id, row_number) ON DELETE CASCADE
);

CREATE INDEX validation_results_row ON validation_results (job_id, row_number);
