import type { PoolClient } from "pg";
import type { Confirm, DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { copyTemplate } from "./copy";
import { aloneWith, stampStatements } from "./found";
import { groupOf, inspector } from "./names";
import { foreign } from "./postgres-errors";
import { runTogether, type Server } from "./server";
import type { WarmPool } from "./warm";

/** Where databases are made, and of what. */
interface Workshop {
  server: Server;
  warm: WarmPool;
  templateName: () => Promise<string>;
}

/**
 * Creates a database under its name, or completes one whose creation was interrupted. A killed
 * client's statement may still be running on the server, and holds the lock that this waits for.
 */
export async function createDatabase(
  { server, warm, templateName }: Workshop,
  identity: DatabaseIdentity,
  confirm?: Confirm,
): Promise<void> {
  const template = await templateName();
  const { tenant, databaseName } = identity;
  await aloneWith(server, databaseName, async (client, found) => {
    if (found?.stamp && found.stamp.tenant !== tenant)
      throw new DomainError("conflict", "This name already belongs to another environment's database.");
    await confirm?.();
    if (found?.isRemains) await client.query(`DROP DATABASE ${databaseName} WITH (FORCE)`);
    if (!found || found.isRemains) await makeDatabase(client, warm, identity, template);
    else if (found.stamp) await takeConnections(client, databaseName, found.takesConnections);
    else if (found.takesConnections) throw foreign();
    else await runTogether(client, finishing(identity));
  });
}

async function makeDatabase(
  client: PoolClient,
  warm: WarmPool,
  identity: DatabaseIdentity,
  template: string,
): Promise<void> {
  const finish = finishing(identity);
  if (await warm.claim(client, identity.databaseName, finish)) return;
  await copyTemplate(client, template, identity.databaseName);
  failpoint("postgres.create.copied");
  await runTogether(client, finish);
}

/** One transaction: closed to everybody but its own logins, stamped, and only then open. */
function finishing(identity: DatabaseIdentity): string[] {
  const { databaseName } = identity;
  return [
    `REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC`,
    `GRANT CREATE, TEMPORARY ON DATABASE ${databaseName} TO ${groupOf.admin}`,
    `GRANT TEMPORARY ON DATABASE ${databaseName} TO ${groupOf.readwrite}`,
    `GRANT CONNECT ON DATABASE ${databaseName} TO ${inspector}`,
    ...stampStatements(identity, new Date()),
    `ALTER DATABASE ${databaseName} ALLOW_CONNECTIONS true`,
  ];
}

/** A removal that was interrupted early leaves a whole database that is closed. */
async function takeConnections(client: PoolClient, databaseName: string, already: boolean): Promise<void> {
  if (!already) await client.query(`ALTER DATABASE ${databaseName} ALLOW_CONNECTIONS true`);
}
