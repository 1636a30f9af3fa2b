CREATE TABLE district_settings (
  name text NOT NULL PRIMARY KEY,
  value text NOT NULL,
  changed_by text NOT NULL,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
