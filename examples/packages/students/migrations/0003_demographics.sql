CREATE TABLE demographics (
  student_id text NOT NULL PRIMARY KEY REFERENCES students (id) ON DELETE CASCADE,
  home_language text,
  lunch_program text,
  is_english_learner boolean NOT NULL DEFAULT false,
  has_education_plan boolean NOT NULL DEFAULT false,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
