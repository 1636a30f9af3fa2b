import { createHmac } from "node:crypto";
import { Semaphore } from "async-mutex";
import { Pool, type Client, type PoolClient, type QueryResult, type QueryResultRow } from "pg";
import { isDomainError } from "@/server/kernel/errors";
import { logger } from "@/server/kernel/logger";
import { Secret } from "@/server/kernel/secret";
import { clientConfig, withClient } from "./connect";
import { inspector, lockKey, migrator } from "./names";
import { hasCode, powerless, sqlstate } from "./postgres-errors";
import type { ServerUrl } from "./server-url";

const mostAdmins = 4;
const mostMigrators = 4;
const migratorLimits = { connectMs: 5_000, statementMs: 600_000 };
const adminLimits = { connectMs: 5_000, statementMs: 120_000 };

/** One Postgres server and the connections to it. */
export interface Server {
  /** Waits for its turn with one of the few connections to the maintenance database. */
  asAdmin<T>(use: (client: PoolClient) => Promise<T>): Promise<T>;
  /**
   * The same, alone on the server, over all processes, with what `name` stands for. What `look`
   * asks is answered on the way, as it is once nobody else is at it.
   */
  asAdminAlone<T, Row extends QueryResultRow>(
    name: string,
    use: (client: PoolClient, looked: Row[]) => Promise<T>,
    look?: string,
  ): Promise<T>;
  /** A connection of its own to a database, as the superuser: for statements on catalogs only. */
  inDatabaseAsAdmin<T>(database: string, use: (client: Client) => Promise<T>): Promise<T>;
  /** A connection of its own to a database, as a role that may only read. */
  inDatabaseAsInspector<T>(database: string, use: (client: Client) => Promise<T>): Promise<T>;
  /** A connection of its own to a database, as the role that applies packages. */
  inDatabaseAsMigrator<T>(database: string, use: (client: Client) => Promise<T>): Promise<T>;
  /** The migrator's password, made in the same way as the inspector's. */
  migratorPassword: Secret;
  /** The inspector's password: the same in every process that knows the admin's. */
  inspectorPassword: Secret;
  close(): Promise<void>;
}

export function connectServer(url: ServerUrl): Server {
  const config = clientConfig(url, url, adminLimits);
  const pool = new Pool({ ...config, max: mostAdmins, idleTimeoutMillis: 30_000, allowExitOnIdle: true });
  pool.on("error", (error) => logger.warn({ err: error }, "a connection to Postgres broke"));
  // The pool listens while it has the connection. One that breaks in between statements of a user of
  // it would end the process; whoever uses it learns of it with the next statement.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const admins = new Semaphore(mostAdmins);

  async function asAdmin<T>(use: (client: PoolClient) => Promise<T>): Promise<T> {
    return admins.runExclusive(async () => {
      const client = await pool.connect().catch(refuse);
      let isSound = true;
      try {
        return await use(client);
      } catch (error) {
        // It may be in a transaction or hold a lock; both end with the connection.
        isSound = isDomainError(error);
        throw error;
      } finally {
        client.release(!isSound);
      }
    });
  }

  async function asAdminAlone<T, Row extends QueryResultRow>(
    name: string,
    use: (client: PoolClient, looked: Row[]) => Promise<T>,
    look = "SELECT",
  ): Promise<T> {
    const key = lockKey(name);
    return asAdmin(async (client) => {
      const looked = await runTogether<Row>(client, [`SELECT pg_advisory_lock(${key})`, look]);
      try {
        return await use(client, looked);
      } finally {
        // Nobody waits for it: the connection does this before anything else. When the connection
        // is gone, so is the lock.
        client.query(`SELECT pg_advisory_unlock(${key})`).catch(() => undefined);
      }
    });
  }

  return {
    asAdmin,
    asAdminAlone,
    ...connectionsTo(url),
    close: () => pool.end(),
  };
}

/** The maintenance database lets nobody in by right: who is refused it has lost what made it a superuser. */
function refuse(error: unknown): never {
  throw hasCode(error, sqlstate.insufficientPrivilege) ? powerless(error) : error;
}

type Connections = Omit<Server, "asAdmin" | "asAdminAlone" | "close">;

/** Connections to single databases, each for one use. */
function connectionsTo(url: ServerUrl): Connections {
  const config = clientConfig(url, url, adminLimits);
  const others = new Semaphore(mostAdmins);
  const migrators = new Semaphore(mostMigrators);
  const passwordOf = (role: string) =>
    new Secret(createHmac("sha256", url.password).update(`freehold ${role}`).digest("base64url"));
  const inspectorPassword = passwordOf("inspector");
  const migratorPassword = passwordOf("migrator");
  return {
    inDatabaseAsAdmin: (database, use) => others.runExclusive(() => withClient({ ...config, database }, use)),
    inDatabaseAsInspector: (database, use) => {
      const login = { user: inspector, password: inspectorPassword.reveal(), database };
      return others.runExclusive(() => withClient({ ...config, ...login }, use));
    },
    inDatabaseAsMigrator: (database, use) => {
      const login = { user: migrator, password: migratorPassword.reveal(), database };
      return migrators.runExclusive(() => withClient(clientConfig(url, login, migratorLimits), use));
    },
    migratorPassword,
    inspectorPassword,
  };
}

const asResults = (value: unknown) => value as QueryResult | QueryResult[];

/** Runs statements that are one transaction together; gives the rows of the last. */
export async function runTogether<Row extends QueryResultRow>(
  client: Client | PoolClient,
  statements: string[],
): Promise<Row[]> {
  const results = asResults(await client.query(statements.join(";\n")));
  const last = Array.isArray(results) ? results.at(-1) : results;
  return last?.rows ?? [];
}
