import { Client } from "pg";
import { expect, onTestFinished } from "vitest";
import { rowsOf } from "./school.data";
import { outcome, serviceConfig, type TestPool } from "./pool";

/** Two tenants with the same ids in their rows: all of the one say Ann, all of the other Bob. */
export async function addTwo(pool: TestPool) {
  const [a, b] = [await pool.tenant(), await pool.tenant()];
  const service = pool.service();
  for (const [tenant, name] of [
    [a, "Ann"],
    [b, "Bob"],
  ] as const)
    for (const sql of rowsOf(name)) expect(await outcome(service, tenant.context, sql)).toBe("INSERT 1");
  return { pool, a, b, service };
}

/** A plain session of the services' login, which sets what it likes. */
export async function session(pool: TestPool, scope: "readonly" | "readwrite" = "readwrite") {
  const client = new Client(serviceConfig(pool.driver, pool.secrets, { scope }));
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const pid = rows[0]?.pid ?? 0;
  async function claim(
    tenant: string,
    proof: string,
    sql = "SELECT name FROM school.schools",
  ): Promise<string> {
    await client.query("BEGIN");
    try {
      await client.query(
        "SELECT set_config('app.current_tenant', $1, true), set_config('app.tenant_proof', $2, true)",
        [tenant, proof],
      );
      const { rows: found } = await client.query<{ name: string }>(sql);
      return found.map(({ name }) => name).join();
    } catch (error) {
      return error instanceof Error && "code" in error
        ? `${String(error.code)} ${error.message}`
        : String(error);
    } finally {
      await client.query("ROLLBACK");
    }
  }
  return { client, pid, claim };
}

/** Seconds since 1970, a minute from now. */
export const soon = () => Math.floor(Date.now() / 1000) + 60;
