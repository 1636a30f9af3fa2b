import type { PoolContext } from "@/sdk/postgres/proof";
import { listed, type PoolWorld } from "./pool-world";

/** What a service asks of its students. `{tenant}` is where it would name the tenant without policies. */
export async function studentCases({ admin }: PoolWorld, { tenant }: PoolContext) {
  const { rows } = await admin.query<{ id: string; school: string; at: Date }>(
    `SELECT id, school_id AS school, created_at AS at FROM school.students WHERE tenant_id = $1
     ORDER BY created_at OFFSET 200 LIMIT 1`,
    [tenant],
  );
  const [{ id, school, at } = { id: "", school: "", at: new Date() }] = rows;
  const page = `SELECT ${listed} FROM students WHERE {tenant} AND created_at < $1 ORDER BY created_at DESC LIMIT 50`;
  return [
    { name: "point", sql: `SELECT ${listed} FROM students WHERE {tenant} AND id = $1`, values: [id] },
    { name: "first page", sql: page, values: [new Date("2100-01-01")] },
    { name: "keyset page", sql: page, values: [at] },
    { name: "count", sql: "SELECT count(*) FROM students WHERE {tenant}", values: [] },
    { name: "by school", sql: `SELECT id FROM students WHERE {tenant} AND school_id = $1`, values: [school] },
  ];
}
