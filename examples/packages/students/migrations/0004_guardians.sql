CREATE TABLE guardians (
  id text NOT NULL PRIMARY KEY,
  student_id text NOT NULL REFERENCES students (id) ON DELETE CASCADE,
  full_name text NOT NULL,
  email text,
  phone text,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE INDEX guardians_student ON guardians (student_id);

CREATE VIEW enrolled_students AS
SELECT s.id, s.local_number, s.first_name, s.last_name, e.school_id, e.grade
FROM students s
JOIN enrollments e ON e.student_id = s.id
WHERE e.left_on IS NULL;
