CREATE TABLE file_metadata (
  file_id text NOT NULL REFERENCES files (id) ON DELETE CASCADE,
  name text NOT NULL,
  value jsonb NOT NULL,
  PRIMARY KEY (file_id, name)
);

CREATE INDEX file_metadata_value ON file_metadata USING gin (value);
