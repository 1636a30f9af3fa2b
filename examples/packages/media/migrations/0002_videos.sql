CREATE TABLE videos (
  file_id text NOT NULL PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
  seconds integer NOT NULL CHECK (seconds >= 0),
  width integer,
  height integer,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'ready', 'failed'))
);
