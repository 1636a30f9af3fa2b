import type { DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { aloneWith, requireTenant } from "./found";
import { identifier, roleOf } from "./names";
import { databaseOf, removeRoles } from "./roles";
import { runTogether, type Server } from "./server";
import { endSessions } from "./sessions";

/**
 * Ends a login: nobody gets in with it any more, its sessions are ended, and then it is removed.
 * The order matters: a session survives a new password, NOLOGIN, and even the role's end.
 */
export async function revokeLogin(
  server: Server,
  identity: DatabaseIdentity,
  credentialId: string,
): Promise<void> {
  const name = roleOf(credentialId);
  const { databaseName } = identity;
  await aloneWith(server, databaseName, async (client, found) => {
    if (found?.stamp) requireTenant(found.stamp, identity);
    const home = await databaseOf(client, name);
    if (home === undefined) return;
    if (home !== null && home !== databaseName)
      throw new DomainError("conflict", "This login belongs to another environment's database.");
    const role = identifier(name);
    await runTogether(client, [
      `ALTER ROLE ${role} NOLOGIN PASSWORD NULL`,
      ...(home ? [`REVOKE CONNECT ON DATABASE ${databaseName} FROM ${role}`] : []),
    ]);
    failpoint("postgres.login.closed");
    const { rows } = await client.query<{ oid: number }>("SELECT oid FROM pg_roles WHERE rolname = $1", [
      name,
    ]);
    for (const { oid } of rows) {
      await endSessions(client, "usesysid = $1", [oid]);
      await removeRoles(server, client, [{ oid, name }]);
      await endSessions(client, "usesysid = $1", [oid]);
    }
  });
}
