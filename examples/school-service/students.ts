import { randomUUID } from "node:crypto";
import type { TenantDatabase } from "@freehold/sdk/connections/tenant-database";
import { z } from "zod";
import { Refusal } from "./refusal";

const pageSize = 100;
const grades = ["K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"] as const;

const Text = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "Control characters are not allowed.");

export const ListStudents = z.strictObject({ grade: z.enum(grades).optional(), after: Text.optional() });
export type ListStudents = z.infer<typeof ListStudents>;

export const AddStudent = z.strictObject({
  local_number: Text,
  first_name: Text,
  last_name: Text,
  birth_date: z.iso
    .date()
    .refine((date) => date >= "1900", "The year is 1900 or later.")
    .optional(),
  school_id: Text,
  grade: z.enum(grades),
  school_year: z.int().min(1990).max(2100),
  entered_on: z.iso.date().refine((date) => date >= "1900", "The year is 1900 or later."),
});
export type AddStudent = z.infer<typeof AddStudent>;

// Text is the one form of a date that both kinds of database give back alike.
const page = `SELECT s.id, s.local_number, s.first_name, s.last_name, s.status,
    CAST(s.birth_date AS text) AS birth_date, e.grade, e.school_id
  FROM students s LEFT JOIN enrollments e ON e.student_id = s.id AND e.left_on IS NULL
  WHERE s.id > $1 AND ($2 = '' OR e.grade = $2)
  ORDER BY s.id LIMIT ${pageSize + 1}`;

/** A page of students by id; `next` is the `after` of the page that follows. */
export async function listStudents(database: TenantDatabase, { grade, after }: ListStudents) {
  const rows = await database.query(page, [after ?? "", grade ?? ""]);
  const students = rows.slice(0, pageSize);
  return { students, next: rows.length > pageSize ? students.at(-1)?.["id"] : null };
}

const insertStudent = `INSERT INTO students (id, local_number, first_name, last_name, birth_date)
  VALUES ($1, $2, $3, $4, $5)`;
const insertEnrollment = `INSERT INTO enrollments (id, student_id, school_id, grade, school_year, entered_on)
  VALUES ($1, $2, $3, $4, $5, $6)`;

/** A student with the enrollment that begins. */
export async function addStudent(database: TenantDatabase, given: AddStudent) {
  const id = randomUUID();
  const { local_number, first_name, last_name, birth_date = null } = given;
  const { school_id, grade, school_year, entered_on } = given;
  try {
    await database.batch([
      { sql: insertStudent, values: [id, local_number, first_name, last_name, birth_date] },
      { sql: insertEnrollment, values: [randomUUID(), id, school_id, grade, school_year, entered_on] },
    ]);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new Refusal(409, `There is a student with the number ${local_number} already.`);
  }
  return { id };
}

const taken = ["23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT"];

const isTaken = (error: unknown) =>
  error instanceof Error && "code" in error && taken.includes(String(error.code));

// Counts are bigint in Postgres, which its client gives back as text.
const totals = `SELECT CAST(count(*) AS integer) AS students FROM students`;
const byGrade = `SELECT g.code AS grade, CAST(count(*) AS integer) AS students
  FROM enrollments e JOIN grade_levels g ON g.code = e.grade
  WHERE e.left_on IS NULL GROUP BY g.code, g.position ORDER BY g.position`;

/** How many students there are, and how many in each grade. */
export async function summarize(database: TenantDatabase) {
  const [total, grades] = await Promise.all([database.query(totals), database.query(byGrade)]);
  return { students: total[0]?.["students"] ?? 0, grades };
}
