import {
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
} from "pg";
import { tenantConnection, type TenantConnection } from "./connection";
import type { TenantContext } from "./proof";
import { introduce } from "./session";

/** The connections that a service has to a pool, for all of its tenants together. */
export function openServicePool(config: PoolConfig): Pool {
  const pool = new Pool({ keepAlive: true, max: 8, ...config });
  // An idle connection that breaks is replaced by the next one.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/**
 * A pool of connections as one tenant sees it. It is what libraries call a pool: `query` runs one
 * statement in a transaction of its own, `connect` gives a connection to keep for a while.
 */
export class TenantPool {
  readonly #pool: Pool;
  readonly #context: TenantContext;
  readonly #signal: AbortSignal;

  constructor(pool: Pool, context: TenantContext, signal: AbortSignal) {
    this.#pool = pool;
    this.#context = context;
    this.#signal = signal;
  }

  async connect(): Promise<TenantConnection> {
    this.#signal.throwIfAborted();
    const client = await this.#pool.connect();
    try {
      await introduce(client);
      this.#signal.throwIfAborted();
    } catch (error) {
      client.release(!this.#signal.aborted);
      throw error;
    }
    return endingWith(this.#signal, client, tenantConnection(client, this.#context));
  }

  /** One statement and its context in one round trip. */
  async query<Row extends QueryResultRow>(
    query: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<Row>> {
    const connection = await this.connect();
    try {
      return await connection.query<Row>(query, values);
    } finally {
      connection.release();
    }
  }

  /** Several statements that happen together or not at all. */
  async transaction<T>(use: (connection: TenantConnection) => Promise<T>): Promise<T> {
    const connection = await this.connect();
    try {
      await connection.query("BEGIN");
      const result = await use(connection);
      await connection.query("COMMIT");
      connection.release();
      return result;
    } catch (error) {
      await connection.query("ROLLBACK").catch(() => undefined);
      connection.release();
      throw error;
    }
  }

  /** The service's connections are not the tenant's to close. */
  async end(): Promise<void> {}
}

/** A connection that is closed, with whatever runs on it, when nobody waits for it any more. */
function endingWith(signal: AbortSignal, client: PoolClient, connection: TenantConnection): TenantConnection {
  const abort = () => connection.release(true);
  signal.addEventListener("abort", abort, { once: true });
  return {
    query: (query, values) => connection.query(query, values),
    release(error) {
      signal.removeEventListener("abort", abort);
      connection.release(error);
    },
  };
}

/**
 * Runs `use` for one tenant: every statement in it sees and changes that tenant's rows alone.
 * When it ends, and when `signal` aborts, no connection is left behind.
 */
export async function withTenant<T>(
  pool: Pool,
  context: TenantContext,
  use: (tenant: TenantPool) => Promise<T>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  const ending = new AbortController();
  const both = signal ? AbortSignal.any([signal, ending.signal]) : ending.signal;
  both.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  both.addEventListener("abort", () => aborted.reject(both.reason), { once: true });
  aborted.promise.catch(() => undefined);
  try {
    return await Promise.race([use(new TenantPool(pool, context, both)), aborted.promise]);
  } finally {
    ending.abort(new Error("The tenant's turn is over."));
  }
}
