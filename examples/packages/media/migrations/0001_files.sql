CREATE TABLE files (
  id text NOT NULL PRIMARY KEY,
  original_name text NOT NULL,
  media_type text NOT NULL,
  size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
  checksum text NOT NULL,
  storage_path text NOT NULL UNIQUE,
  uploaded_by text NOT NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX files_checksum ON files (checksum);
