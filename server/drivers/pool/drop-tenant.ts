import type { Confirm, DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { endLogins } from "./end-logins";
import type { OpenPool } from "./open";
import { findTenant, isOwn } from "./tenants";

const batchRows = 5_000;

/**
 * Takes a tenant out of the pool: first nobody acts for it any more, then its rows go in small
 * transactions, then its logins and itself. Nothing of packages runs on the way, and neighbours
 * wait for nothing. Asks for the confirmation before each transaction.
 */
export async function dropTenant(
  pool: OpenPool,
  identity: DatabaseIdentity,
  confirm: Confirm = () => Promise.resolve(),
): Promise<void> {
  const isThere = await pool.inside.asAdmin(async (client) => {
    const found = await findTenant(client, identity);
    if (found && !isOwn(found, identity))
      throw new DomainError("conflict", "The database belongs to another environment. It stays.");
    if (!found) return false;
    await confirm();
    await client.query("UPDATE app.tenant SET state = 'leaving' WHERE tenant_id = $1", [identity.tenant]);
    return true;
  });
  if (!isThere) return;
  await endLogins(pool, identity.tenant);
  failpoint("pool.tenant.closed");
  for (const table of await tenantTables(pool))
    await emptyOf(pool, { tenant: identity.tenant, table, confirm });
  failpoint("pool.tenant.emptied");
  await pool.inside.asAdmin(async (client) => {
    await confirm();
    await client.query("DELETE FROM app.tenant WHERE tenant_id = $1", [identity.tenant]);
  });
}

/** Every table that holds rows of tenants; of partitioned ones, their partitions. */
export async function tenantTables({ inside }: OpenPool): Promise<string[]> {
  return inside.asAdmin(async (client) => {
    const { rows } = await client.query<{ path: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS path FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
       JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE p.polname = 'tenant_fence' AND c.relkind = 'r' ORDER BY c.oid DESC`,
    );
    return rows.map(({ path }) => path);
  });
}

interface Emptying {
  tenant: string;
  table: string;
  confirm: Confirm;
}

async function emptyOf(pool: OpenPool, { tenant, table, confirm }: Emptying): Promise<void> {
  let removed: number;
  do {
    removed = await pool.asOwner(tenant, async (client) => {
      await confirm();
      // Every row of the tenant goes, so that foreign keys between them need no order and no check.
      await client.query("SET LOCAL ROLE NONE");
      await client.query("SET LOCAL session_replication_role = replica");
      await client.query(`SET LOCAL ROLE ${pool.roles.owner}`);
      const { rowCount } = await client.query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} LIMIT ${batchRows}))`,
      );
      return rowCount ?? 0;
    });
    failpoint("pool.tenant.batch");
  } while (removed === batchRows);
}
