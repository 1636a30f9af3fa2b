CREATE TABLE entries (
  id text NOT NULL PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL DEFAULT '',
  author_id text NOT NULL,
  status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'published', 'archived')),
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX entries_author ON entries (author_id, created_at);
CREATE INDEX entries_status ON entries (status, created_at);
