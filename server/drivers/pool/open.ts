import { Semaphore } from "async-mutex";
import { Pool, type PoolClient } from "pg";
import { clientConfig } from "@/server/drivers/postgres/connect";
import { connectServer, type Server } from "@/server/drivers/postgres/server";
import type { ServerPlace, ServerUrl } from "@/server/drivers/postgres/server-url";
import { logger } from "@/server/kernel/logger";
import { rolePrefix, rolesOf, type PoolRoles } from "./names";
import type { PoolSecrets } from "@/server/kernel/pool-secrets";
import { installerPassword } from "./secrets";

const mostInstallers = 3;
const limits = { connectMs: 5_000, statementMs: 600_000 };

/** One pool and the connections to it. */
export interface OpenPool {
  name: string;
  prefix: string;
  roles: PoolRoles;
  secrets: PoolSecrets;
  /** Where clients find the server. */
  place: ServerPlace;
  /** The server that the pool is on, at its maintenance database. */
  server: Server;
  /** The pool's own database, as the superuser: for Freehold's tables, where no package's code runs. */
  inside: Server;
  /** A transaction of the installer, whose connection ends with it: code of packages may run in it. */
  asInstaller<T>(use: (client: PoolClient) => Promise<T>): Promise<T>;
  /** The same as the owner of packages, who sees the rows of this tenant alone. */
  asOwner<T>(tenant: string, use: (client: PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface PoolPlace {
  adminUrl: ServerUrl;
  place: ServerPlace;
  databaseName: string;
  secrets: PoolSecrets;
}

export function openPool({ adminUrl, place, databaseName, secrets }: PoolPlace): OpenPool {
  const roles = rolesOf(databaseName);
  const server = connectServer(adminUrl);
  const inside = connectServer({ ...adminUrl, database: databaseName });
  const login = {
    user: roles.installer,
    password: installerPassword(secrets.key).reveal(),
    database: databaseName,
  };
  const installers = new Pool({
    ...clientConfig(adminUrl, login, limits),
    // Unlike the superuser it is subject to policies, and an error would be the answer to that.
    options: "-c search_path=pg_catalog -c lock_timeout=30000 -c idle_in_transaction_session_timeout=60000",
    max: mostInstallers,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  installers.on("error", (error) => logger.warn({ err: error }, "a connection to a pool broke"));
  installers.on("connect", (client) => client.on("error", () => undefined));
  const turns = new Semaphore(mostInstallers);

  async function transact<T>(keeps: boolean, use: (client: PoolClient) => Promise<T>): Promise<T> {
    return turns.runExclusive(async () => {
      const client = await installers.connect();
      let isSound = false;
      try {
        await client.query("BEGIN");
        const result = await use(client);
        await client.query("COMMIT");
        isSound = keeps;
        return result;
      } finally {
        client.release(!isSound);
      }
    });
  }

  return {
    name: databaseName,
    prefix: rolePrefix(databaseName),
    roles,
    secrets,
    place,
    server,
    inside,
    asInstaller: (use) => transact(false, use),
    asOwner: (tenant, use) =>
      transact(true, async (client) => {
        await client.query(`SET LOCAL ROLE ${roles.owner}`);
        await client.query("SELECT set_config('app.current_tenant', $1, true)", [tenant]);
        return use(client);
      }),
    async close() {
      await installers.end();
      await inside.close();
      await server.close();
    },
  };
}
