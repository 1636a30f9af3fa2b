import type { Statement, TenantDatabase, Value } from "@freehold/sdk/connections/tenant-database";

const grades = ["K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
const firstNames = ["Ada", "Bo", "Cleo", "Dev", "Emi", "Finn", "Gia", "Hugo"];
const lastNames = ["Adams", "Baker", "Castillo", "Diaz", "Evans", "Fox", "Garcia", "Hall"];
const perBatch = 500;

/**
 * Fills the district up to this many students with an enrollment each; gives how many rows were
 * written. Each batch is one transaction and they go in order, so what is there says where to go on.
 */
export async function loadStudents(database: TenantDatabase, students: number): Promise<number> {
  const [row] = await database.query(
    "SELECT CAST(count(*) AS integer) AS n FROM students WHERE id LIKE 'loaded-%'",
  );
  const begun = Number(row?.["n"] ?? 0);
  for (let first = begun; first < students; first += perBatch)
    await database.batch(batchOf(first, Math.min(first + perBatch, students)));
  return 2 * Math.max(0, students - begun);
}

function batchOf(first: number, end: number): Statement[] {
  const numbers = Array.from({ length: end - first }, (_, i) => first + i);
  return [
    insert("students (id, local_number, first_name, last_name)", numbers.map(studentOf)),
    insert(
      "enrollments (id, student_id, school_id, grade, school_year, entered_on)",
      numbers.map(enrollmentOf),
    ),
  ];
}

const idOf = (n: number) => `loaded-${String(n).padStart(7, "0")}`;

const studentOf = (n: number): Value[] => [
  idOf(n),
  `N${n}`,
  firstNames[n % 8] ?? "",
  lastNames[(n >> 3) % 8] ?? "",
];

const enrollmentOf = (n: number): Value[] => [
  `${idOf(n)}-2026`,
  idOf(n),
  `school-${n % 10}`,
  grades[n % grades.length] ?? "K",
  2026,
  "2026-08-17",
];

/** One INSERT of many rows. */
function insert(into: string, rows: Value[][]): Statement {
  let parameter = 0;
  const values = rows.map((row) => `(${row.map(() => `$${(parameter += 1)}`).join(", ")})`);
  return { sql: `INSERT INTO ${into} VALUES ${values.join(", ")}`, values: rows.flat() };
}
