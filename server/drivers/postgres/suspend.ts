import type { DatabaseIdentity } from "@/server/drivers/driver";
import { mostConnections } from "./copy";
import { aloneWithOwn } from "./found";
import type { Server } from "./server";
import { endSessions } from "./sessions";

/** No login gets in, as none is left of the connections allowed; superusers are not counted. */
export async function suspendDatabase(server: Server, identity: DatabaseIdentity): Promise<void> {
  const { databaseName } = identity;
  await aloneWithOwn(server, identity, async (client) => {
    await client.query(`ALTER DATABASE ${databaseName} CONNECTION LIMIT 0`);
    await endSessions(client, "datname = $1 AND usename ~ '^cred_'", [databaseName]);
  });
}

export async function resumeDatabase(server: Server, identity: DatabaseIdentity): Promise<void> {
  const { databaseName } = identity;
  await aloneWithOwn(server, identity, async (client) => {
    await client.query(`ALTER DATABASE ${databaseName} CONNECTION LIMIT ${mostConnections}`);
  });
}
