CREATE TABLE weekdays (
  number integer NOT NULL PRIMARY KEY,
  label text NOT NULL
);

INSERT INTO weekdays (number, label) VALUES
  (1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday');

CREATE TABLE schedules (
  id text NOT NULL PRIMARY KEY,
  section_id text NOT NULL REFERENCES sections (id) ON DELETE CASCADE,
  weekday integer NOT NULL REFERENCES weekdays (number),
  starts_at text NOT NULL,
  ends_at text NOT NULL,
  room text NOT NULL DEFAULT '',
  UNIQUE (section_id, weekday, starts_at),
  CHECK (ends_at > starts_at)
);
