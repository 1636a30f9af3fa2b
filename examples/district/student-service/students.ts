import { randomUUID } from "node:crypto";
import type { TenantDatabase } from "@freehold/sdk/connections/tenant-database";
import { saysOfObject } from "@/examples/district/mistakes";
import { z } from "zod";

export const studentsPackage = { package: "com.example.students", version: "1.1.0" };

const grades = ["K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;

function nameOf(field: string) {
  const says = `${field} is a name of 1 to 100 characters.`;
  return z.string(says).trim().min(1, says).max(100, says);
}

export const NewStudent = z.strictObject(
  {
    first_name: nameOf("first_name"),
    last_name: nameOf("last_name"),
    grade: z.enum(grades, "grade is K or one of 1 to 12, as text."),
  },
  { error: saysOfObject },
);
export type NewStudent = z.infer<typeof NewStudent>;

const Student = z.object({
  id: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  grade: z.string(),
});
export type Student = z.infer<typeof Student>;

const Enrollment = z.object({ grade: z.string(), school: z.string(), year: z.number() });
export type Enrollment = z.infer<typeof Enrollment>;

const enrolled = `SELECT s.id, s.first_name, s.last_name, e.grade
  FROM students s JOIN enrollments e ON e.student_id = s.id AND e.left_on IS NULL`;

/** The newest fifty. */
export async function listStudents(database: TenantDatabase): Promise<Student[]> {
  return z
    .array(Student)
    .parse(await database.query(`${enrolled} ORDER BY s.created_at DESC, s.id LIMIT 50`));
}

export async function findStudent(database: TenantDatabase, id: string): Promise<Student | null> {
  const [row] = await database.query(`${enrolled} WHERE s.id = $1`, [id]);
  return row ? Student.parse(row) : null;
}

export async function findEnrollment(database: TenantDatabase, student: string): Promise<Enrollment | null> {
  const [row] = await database.query(
    "SELECT grade, school_id AS school, school_year AS year FROM enrollments WHERE student_id = $1 AND left_on IS NULL",
    [student],
  );
  return row ? Enrollment.parse(row) : null;
}

/** A student with the enrollment that begins today. */
export async function addStudent(database: TenantDatabase, given: NewStudent): Promise<Student> {
  const id = randomUUID();
  const today = new Date().toISOString().slice(0, 10);
  await database.batch([
    {
      sql: "INSERT INTO students (id, local_number, first_name, last_name) VALUES ($1, $2, $3, $4)",
      values: [id, id, given.first_name, given.last_name],
    },
    {
      sql: `INSERT INTO enrollments (id, student_id, school_id, grade, school_year, entered_on)
        VALUES ($1, $2, $3, $4, $5, $6)`,
      values: [randomUUID(), id, "central", given.grade, Number(today.slice(0, 4)), today],
    },
  ]);
  return { id, ...given };
}
