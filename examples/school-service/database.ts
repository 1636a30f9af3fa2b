import { createClient, type InValue } from "@libsql/client";
import { openServicePool, withTenant } from "@freehold/sdk/postgres";
import { Pool, type PoolConfig } from "pg";
import type { Home } from "./catalog";

export type Value = string | number | null;
export type Row = Record<string, unknown>;
export interface Statement {
  sql: string;
  params: Value[];
}

/** One tenant's database, wherever it is. */
export interface Database {
  query(sql: string, params?: Value[]): Promise<Row[]>;
  /** Several statements that happen together or not at all. */
  batch(statements: Statement[]): Promise<void>;
}

// The package's tables live in this schema. A file has no schemas, so the SQL names none.
const settings: PoolConfig = { options: "-c search_path=students", allowExitOnIdle: true };
const idleTimeoutMillis = 5_000;

/** Opens databases. Pools of connections are kept by where they lead and as whom. */
export class Databases {
  readonly #shared = new Map<string, Pool>();

  open(home: Home): Database {
    if (home.driver !== "postgres") return openLibsql(home);
    const { context, tenant } = home;
    if (!context) return openOwn(home);
    const pool = this.#poolFor(home);
    const who = { tenant, credentialId: context.credential_id, secret: context.key };
    return {
      query: async (sql, params) =>
        withTenant(pool, who, async (rows) => (await rows.query<Row>(sql, params)).rows),
      batch: (statements) =>
        withTenant(pool, who, (rows) =>
          rows.transaction(async (tx) => {
            for (const { sql, params } of statements) await tx.query(sql, params);
          }),
        ),
    };
  }

  /** One for all tenants of a shared database. */
  #poolFor(home: Home): Pool {
    const connectionString = withLogin(home);
    const kept = this.#shared.get(connectionString);
    const pool = kept ?? openServicePool({ ...settings, connectionString, max: 8, idleTimeoutMillis });
    if (!kept) this.#shared.set(connectionString, pool);
    return pool;
  }
}

/** A database of the tenant's own: few connections, which close by themselves when they are idle. */
function openOwn(home: Home): Database {
  const pool = new Pool({ ...settings, connectionString: withLogin(home), max: 4, idleTimeoutMillis });
  // An idle connection that breaks is replaced by the next one.
  pool.on("error", () => undefined);
  return {
    query: async (sql, params) => (await pool.query<Row>(sql, params)).rows,
    async batch(statements) {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        for (const { sql, params } of statements) await client.query(sql, params);
        await client.query("COMMIT");
        client.release();
      } catch (error) {
        // Closing the connection rolls back whatever state it is in.
        client.release(true);
        throw error;
      }
    },
  };
}

function openLibsql({ url, credential }: Home): Database {
  const client = createClient({ url, authToken: credential.secret });
  return {
    async query(sql, params = []) {
      const { columns, rows } = await client.execute({ sql: inSqlite(sql), args: params });
      return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
    },
    async batch(statements) {
      const all = statements.map(({ sql, params }) => ({ sql: inSqlite(sql), args: asArgs(params) }));
      await client.batch(all, "write");
    },
  };
}

const asArgs = (params: Value[]): InValue[] => params;

/** `$1` is the first parameter in Postgres and a parameter with a name in SQLite, where the first is `?1`. */
const inSqlite = (sql: string) => sql.replaceAll(/\$(\d+)/g, "?$1");

function withLogin({ url, credential }: Home): string {
  const address = new URL(url);
  address.username = credential.username ?? "";
  address.password = credential.secret;
  return address.href;
}
