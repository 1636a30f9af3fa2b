import type { PoolClient } from "pg";
import type { DatabaseIdentity, ListedDatabase, VerifiedDatabase } from "@/server/drivers/driver";
import { hasCode, missing, sqlstate } from "@/server/drivers/postgres/postgres-errors";
import type { OpenPool } from "./open";
import { anothers, leaving, taken } from "./pool-errors";

export interface Tenant {
  tenantId: string;
  databaseName: string;
  state: "active" | "suspended" | "leaving";
  storageBytes: number;
  createdAt: Date;
}

/** What a tenant takes at the least: its own row, its credentials, and their places in indexes. */
const leastBytes = 8192;

const columns = `tenant_id AS "tenantId", database_name AS "databaseName", state,
  greatest(storage_bytes, ${leastBytes})::float8 AS "storageBytes", created_at AS "createdAt"`;

/** The tenant of this name or id; null when there is none. */
export async function findTenant(
  client: PoolClient,
  { tenant, databaseName }: DatabaseIdentity,
): Promise<Tenant | null> {
  const { rows } = await client.query<Tenant>(
    `SELECT ${columns} FROM app.tenant WHERE tenant_id = $1 OR database_name = $2
     ORDER BY database_name = $2 DESC`,
    [tenant, databaseName],
  );
  return rows[0] ?? null;
}

export const isOwn = (found: Tenant, { tenant, databaseName }: DatabaseIdentity): boolean =>
  found.tenantId === tenant && found.databaseName === databaseName;

/** The tenant itself; throws `precondition` when it is missing, another's, or on its way out. */
export async function requireTenant(client: PoolClient, identity: DatabaseIdentity): Promise<Tenant> {
  const found = await findTenant(client, identity);
  if (!found) throw missing();
  if (!isOwn(found, identity)) throw anothers();
  if (found.state === "leaving") throw leaving();
  return found;
}

/** Puts the tenant into the pool: one row, and nothing else to wait for. False when its removal has to finish first. */
export async function createTenant({ inside }: OpenPool, identity: DatabaseIdentity): Promise<boolean> {
  return inside.asAdmin(async (client) => {
    if (await insertTenant(client, identity)) return true;
    const found = await findTenant(client, identity);
    if (found && !isOwn(found, identity)) throw taken();
    return found?.state === "active" || found?.state === "suspended";
  });
}

/** False when the id or the name is there. Most are new, and to look before each insert costs more than a refusal. */
async function insertTenant(
  client: PoolClient,
  { tenant, databaseName }: DatabaseIdentity,
): Promise<boolean> {
  try {
    await client.query({
      name: "create-tenant",
      text: "INSERT INTO app.tenant (tenant_id, database_name) VALUES ($1, $2)",
      values: [tenant, databaseName],
    });
    return true;
  } catch (error) {
    if (hasCode(error, sqlstate.uniqueViolation)) return false;
    throw error;
  }
}

export async function verifyTenant(
  { inside }: OpenPool,
  identity: DatabaseIdentity,
): Promise<VerifiedDatabase> {
  return inside.asAdmin(async (client) => {
    const { storageBytes } = await requireTenant(client, identity);
    return { schemaVersion: await schemaVersion(client), sizeBytes: storageBytes };
  });
}

export async function schemaVersion(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT count(*)::int AS version FROM app.migration WHERE package = 'freehold.system'",
  );
  return rows[0]?.version ?? 0;
}

const pageSize = 500;

/** Without those that are Freehold's own. */
export async function* listTenants(
  { inside }: OpenPool,
  own: ReadonlySet<string>,
): AsyncGenerator<ListedDatabase> {
  let after = "";
  for (;;) {
    const page = await inside.asAdmin(async (client) => {
      const text = `SELECT ${columns} FROM app.tenant WHERE database_name > $1 ORDER BY database_name LIMIT ${pageSize}`;
      return (await client.query<Tenant>(text, [after])).rows;
    });
    for (const { tenantId, databaseName, state, storageBytes, createdAt } of page) {
      if (own.has(tenantId)) continue;
      const isLeftover = state === "leaving";
      const problem = isLeftover ? "Its removal did not finish." : null;
      yield {
        databaseName,
        tenant: tenantId,
        sizeBytes: storageBytes,
        modifiedAt: createdAt,
        isLeftover,
        problem,
      };
    }
    after = page.at(-1)?.databaseName ?? "";
    if (page.length < pageSize) return;
  }
}
