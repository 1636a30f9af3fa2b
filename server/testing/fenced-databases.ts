import type { Client } from "pg";
import { beforeAll } from "vitest";
import type { Canary } from "@/server/isolation/attacks/attack";
import { fencedSchool } from "./fenced-school";
import { withPostgres } from "./postgres";

export const fencedTenants = [
  "00000000-0000-4000-8000-00000000000a",
  "00000000-0000-4000-8000-00000000000b",
] as const;
export const loginOf = (tenant: string) => `t_${tenant.replaceAll("-", "")}`;

export const canaries: Canary[] = fencedTenants.flatMap((tenant, n) =>
  ["schools", "students"].flatMap((table) =>
    [1, 2, 3].map((row) => ({
      tenant,
      schema: "school",
      table,
      key: `00000000-0000-4000-9${n}00-00000000000${row}`,
      secret: `canary-${table}-${n}-${row}-of-a-tenant`,
    })),
  ),
);

export const snapshot = async (admin: Client) =>
  (
    await admin.query(
      "select s::text from school.students s union all select s::text from school.schools s order by 1",
    )
  ).rows;

/** A server on which databases with the fence are made, each with rows of two tenants. */
export function withFencedDatabases() {
  const server = withPostgres();
  let databases = 0;

  /** A database with the fence, loosened or not, and rows of two tenants. */
  async function build(loosening = ""): Promise<{ admin: Client; database: string }> {
    const database = `proof_${databases++}`;
    await server.ask(`create database ${database}`);
    const admin = await server.connect(database);
    await admin.query(fencedSchool);
    for (const { tenant, table, key, secret } of canaries)
      await admin.query(
        `insert into school.${table} (tenant_id, id, ${table === "schools" ? "name" : "note"}) values ('${tenant}', '${key}', '${secret}')`,
      );
    await admin.query(loosening || "select 1");
    return { admin, database };
  }

  beforeAll(async () => {
    await server.ask("create role pool_app nologin");
    for (const tenant of fencedTenants)
      await server.ask(`create role ${loginOf(tenant)} login password 'pw' in role pool_app`);
  });
  return { build, connectAs: server.connect };
}
