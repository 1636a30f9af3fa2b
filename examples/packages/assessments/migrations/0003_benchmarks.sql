CREATE TABLE benchmarks (
  id text NOT NULL PRIMARY KEY,
  assessment_id text NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
  season text NOT NULL CHECK (season IN ('fall', 'winter', 'spring')),
  level text NOT NULL CHECK (level IN ('below', 'approaching', 'meets', 'exceeds')),
  lowest_score numeric(6, 2) NOT NULL,
  UNIQUE (assessment_id, season, level)
);
