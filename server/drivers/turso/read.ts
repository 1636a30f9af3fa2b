import type { Client } from "@libsql/client/web";
import { isUuid } from "@/server/kernel/ids";
import { isAnswer } from "./open";
import { foreign } from "./turso-errors";

export interface Stamp {
  tenant: string;
  stampedAt: Date;
}

/** Cut short, so that what a tenant writes there cannot make the answer large. */
const stampSql = `SELECT CASE WHEN typeof(tenant_id) = 'text' THEN substr(tenant_id, 1, 37) END AS tenant,
  CASE WHEN typeof(created_at) = 'integer' AND created_at BETWEEN 0 AND 8000000000000 THEN created_at END AS at
  FROM sys_stamp LIMIT 2`;

/** Whose the database says it is. Throws `precondition` when it has no stamp that can be read. */
export async function readStamp(client: Client): Promise<Stamp> {
  const { rows } = await answerOf(client, stampSql);
  const tenant = rows[0]?.["tenant"];
  const at = rows[0]?.["at"];
  if (rows.length !== 1 || typeof tenant !== "string" || !isUuid(tenant) || typeof at !== "number")
    throw foreign();
  return { tenant, stampedAt: new Date(at) };
}

const mostMigrations = 10_000;

export async function readSchemaVersion(client: Client): Promise<number> {
  const { rows } = await answerOf(
    client,
    `SELECT count(*) AS n FROM (SELECT 1 FROM sys_migration WHERE package = 'freehold.system' LIMIT ${mostMigrations})`,
  );
  return numberIn(rows[0]?.["n"]);
}

/** True when nothing was ever made in it. */
export async function isBlank(client: Client): Promise<boolean> {
  const { rows } = await client.execute("SELECT 1 FROM sqlite_schema LIMIT 1");
  return rows.length === 0;
}

function numberIn(value: unknown): number {
  if (typeof value !== "number") throw foreign();
  return value;
}

async function answerOf(client: Client, sql: string) {
  try {
    return await client.execute(sql);
  } catch (error) {
    throw isAnswer(error) ? foreign(error) : error;
  }
}
