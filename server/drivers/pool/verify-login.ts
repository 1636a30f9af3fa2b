import { DatabaseError, type Client } from "pg";
import type { DatabaseIdentity, Login } from "@/server/drivers/driver";
import { clientConfig, withClient } from "@/server/drivers/postgres/connect";
import { isRefusal } from "@/server/drivers/postgres/postgres-errors";
import { DomainError } from "@/server/kernel/errors";
import { setContext, signProof } from "@/sdk/postgres/proof";
import { tenantRoleOf } from "./names";
import type { OpenPool } from "./open";
import { noAdmin } from "./pool-errors";

const limits = { connectMs: 5_000, statementMs: 5_000 };
const proofSeconds = 60;

/**
 * Logs in over the address that clients use, as one would with this secret, and looks whose rows
 * it sees. A server that is away has refused nothing.
 */
export async function verifyLogin(pool: OpenPool, identity: DatabaseIdentity, login: Login): Promise<void> {
  if (login.scope === "admin") throw noAdmin();
  const { roles, secrets } = pool;
  const credentials =
    login.audience === "direct"
      ? { user: tenantRoleOf(identity, login.credentialId), password: login.secret.reveal() }
      : {
          user: roles[login.scope],
          password: (login.scope === "readonly"
            ? secrets.readonlyPassword
            : secrets.readwritePassword
          ).reveal(),
        };
  const config = {
    ...clientConfig(pool.place, { ...credentials, database: pool.name }, limits),
    // A client of tenants cannot switch policies off, and would be refused for asking.
    options: "-c search_path=pg_catalog",
  };
  const tenant = await withClient(config, async (client) => {
    if (login.audience === "direct") return whose(client);
    await client.query("BEGIN");
    await client.query(setContext, [identity.tenant, await prove(client, identity, login)]);
    return whose(client);
  }).catch((error: unknown) => {
    if (!isRefusal(error) || !(error instanceof DatabaseError)) throw error;
    throw new DomainError("precondition", "The database does not take this login.", { cause: error });
  });
  if (tenant !== identity.tenant)
    throw new DomainError("precondition", "The database belongs to another environment.");
}

async function whose(client: Client): Promise<string | null | undefined> {
  const { rows } = await client.query<{ tenant: string | null }>("SELECT app.tenant() AS tenant");
  return rows[0]?.tenant;
}

async function prove(client: Client, { tenant }: DatabaseIdentity, login: Login): Promise<string> {
  const { rows } = await client.query<{ pid: number; now: number }>(
    "SELECT pg_backend_pid() AS pid, extract(epoch FROM clock_timestamp())::int AS now",
  );
  const { pid = 0, now = 0 } = rows[0] ?? {};
  const context = { tenant, credentialId: login.credentialId, secret: login.secret.reveal() };
  return signProof(context, { pid, expiresAt: now + proofSeconds });
}
