import type { PoolClient } from "pg";
import type { Confirm, DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { aloneWith, type Found } from "./found";
import { foreign } from "./postgres-errors";
import { removeRoles, rolesOf, rolesWithoutDatabase } from "./roles";
import type { Server } from "./server";

/**
 * Removes a database with everything that is connected to it, and its logins. What cannot be
 * shown to be this tenant's stays.
 */
export async function dropDatabase(
  server: Server,
  identity: DatabaseIdentity,
  confirm?: Confirm,
): Promise<void> {
  await aloneWith(server, identity.databaseName, async (client, found) => {
    // A removal that was interrupted may have left logins, which nothing connects with the database any more.
    if (!found) return removeRoles(server, client, await rolesWithoutDatabase(client));
    if (found.stamp && found.stamp.tenant !== identity.tenant)
      throw new DomainError("conflict", "The database belongs to another environment. It stays.");
    if (!found.stamp && found.takesConnections) throw foreign();
    const roles = await rolesOf(client, identity.databaseName);
    await confirm?.();
    await remove(client, found);
    failpoint("postgres.drop.removed");
    await removeRoles(server, client, roles);
  });
}

async function remove(
  client: PoolClient,
  { databaseName, takesConnections, isRemains }: Found,
): Promise<void> {
  // First closed, so that nobody connects anew faster than sessions are ended.
  if (takesConnections && !isRemains)
    await client.query(`ALTER DATABASE ${databaseName} ALLOW_CONNECTIONS false`);
  failpoint("postgres.drop.closed");
  await client.query(`DROP DATABASE ${databaseName} WITH (FORCE)`);
}
