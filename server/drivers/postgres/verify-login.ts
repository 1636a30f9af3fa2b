import type { DatabaseIdentity, Login } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { clientConfig, withClient } from "./connect";
import { readStamp } from "./found";
import { roleOf } from "./names";
import { isRefusal } from "./postgres-errors";
import type { ServerPlace } from "./server-url";

const limits = { connectMs: 5_000, statementMs: 5_000 };

/** Logs in over the address that clients use and looks whose database it is. A server that is away has refused nothing. */
export async function verifyLogin(
  place: ServerPlace,
  identity: DatabaseIdentity,
  login: Login,
): Promise<void> {
  const user = roleOf(login.credentialId);
  const database = identity.databaseName;
  const config = clientConfig(place, { user, password: login.secret.reveal(), database }, limits);
  const tenant = await withClient(config, async (client) => {
    const { rows } = await client.query<{ setconfig: string[] }>(
      `SELECT s.setconfig FROM pg_database d JOIN pg_db_role_setting s ON s.setdatabase = d.oid AND s.setrole = 0
       WHERE d.datname = current_database() AND session_user = $1`,
      [user],
    );
    return readStamp(rows[0]?.setconfig ?? null)?.tenant;
  }).catch((error: unknown) => {
    // A server that is away says nothing about the login.
    if (!isRefusal(error)) throw error;
    throw new DomainError("precondition", "The database does not take this login.", { cause: error });
  });
  if (tenant !== identity.tenant)
    throw new DomainError("precondition", "The database belongs to another environment.");
}
