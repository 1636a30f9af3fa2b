import { randomUUID } from "node:crypto";
import type { TenantDatabase } from "@freehold/sdk/connections/tenant-database";
import { saysOfObject } from "@/examples/district/mistakes";
import { z } from "zod";

export const assessmentsPackage = { package: "com.example.assessments", version: "1.0.0" };

const highestScore = 100;

export const AskAssessment = z.strictObject(
  {
    student_id: z.uuid("student_id is the UUID of a student."),
    subject: z.enum(["reading", "math", "science"], "subject is reading, math or science."),
  },
  { error: saysOfObject },
);

const Id = z.object({ id: z.string() });

const Result = z.object({
  id: z.string(),
  student_id: z.string(),
  assessment: z.string(),
  subject: z.string(),
  // A Postgres client gives numbers of any precision back as text.
  score: z.coerce.number(),
  recorded_by: z.string(),
});
export type Result = z.infer<typeof Result>;

/** A result that is to be recorded. */
export const Taken = z.strictObject({ assessment: z.string(), student: z.string(), score: z.number() });
export type Taken = z.infer<typeof Taken>;

/** The newest fifty. */
export async function listResults(database: TenantDatabase): Promise<Result[]> {
  const rows =
    await database.query(`SELECT r.id, r.student_id, a.name AS assessment, a.subject, r.score, r.recorded_by
    FROM results r JOIN assessments a ON a.id = r.assessment_id ORDER BY r.created_at DESC, r.id LIMIT 50`);
  return z.array(Result).parse(rows);
}

/** The assessment of a subject for a grade; made when there is none yet. */
export async function openAssessment(
  database: TenantDatabase,
  { subject, grade }: { subject: string; grade: string },
): Promise<string> {
  const name = `${subject} check`;
  const find = async () => {
    const [row] = await database.query("SELECT id FROM assessments WHERE name = $1 AND grade = $2", [
      name,
      grade,
    ]);
    return row ? Id.parse(row).id : null;
  };
  const known = await find();
  if (known) return known;
  const id = randomUUID();
  const insert = `INSERT INTO assessments (id, name, subject, grade, highest_score) VALUES ($1, $2, $3, $4, $5)`;
  try {
    await database.query(insert, [id, name, subject, grade, highestScore]);
    return id;
  } catch (error) {
    // Somebody else was quicker.
    const theirs = await find();
    if (theirs) return theirs;
    throw error;
  }
}

/** Safe to repeat: a broker may deliver twice. */
export async function recordResult(
  database: TenantDatabase,
  { assessment, student, score }: Taken,
  recordedBy: string,
): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const key = [assessment, student, today];
  const isThere = "SELECT id FROM results WHERE assessment_id = $1 AND student_id = $2 AND taken_on = $3";
  const known = await database.query(isThere, key);
  if (known.length > 0) return;
  const insert = `INSERT INTO results (id, assessment_id, student_id, taken_on, score, recorded_by)
    VALUES ($1, $2, $3, $4, $5, $6)`;
  await database.query(insert, [randomUUID(), ...key, score, recordedBy]);
}
