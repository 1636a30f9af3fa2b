CREATE TABLE aggregations (
  id text NOT NULL PRIMARY KEY,
  measure text NOT NULL,
  school_id text NOT NULL,
  grade text NOT NULL DEFAULT '',
  day date NOT NULL,
  value numeric(14, 4) NOT NULL,
  computed_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (measure, school_id, grade, day)
);

CREATE INDEX aggregations_day ON aggregations (day, measure);
