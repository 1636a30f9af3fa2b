CREATE TABLE claim_types (
  code text NOT NULL PRIMARY KEY,
  label text NOT NULL
);

INSERT INTO claim_types (code, label) VALUES
  ('school', 'May see this school'),
  ('grade', 'May see this grade'),
  ('report', 'May run this report');

CREATE TABLE claims (
  id text NOT NULL PRIMARY KEY,
  user_id text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  type text NOT NULL REFERENCES claim_types (code),
  value text NOT NULL,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (user_id, type, value)
);
