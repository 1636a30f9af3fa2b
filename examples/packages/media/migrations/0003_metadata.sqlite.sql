CREATE TABLE file_metadata (
  file_id text NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  name text NOT NULL,
  value text NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (file_id, name)
) WITHOUT ROWID;
