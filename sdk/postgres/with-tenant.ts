import {
  DatabaseError,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
} from "pg";
import { ConnectionFailure } from "../errors/connection-failure.ts";
import { HeldConnection, type TenantConnection } from "./connection.ts";
import type { PoolContext } from "./proof.ts";
import { introduce, isIntroduced } from "./session.ts";

/** The connections that a service has to a pool, for all of its tenants together. */
export function openServicePool(config: PoolConfig): Pool {
  const pool = new Pool({ keepAlive: true, max: 8, ...config });
  // An idle connection that breaks is replaced by the next one.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** The time that a service acts for a tenant, and what it holds meanwhile. */
class Turn {
  readonly #open = new Set<TenantConnection>();
  readonly #letGo = (connection: TenantConnection) => void this.#open.delete(connection);
  #isOver = false;

  requireOpen(): void {
    if (this.#isOver) throw new Error("The tenant's turn is over.");
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  hold(client: PoolClient, context: PoolContext | null): TenantConnection {
    const held = new HeldConnection(client, context, this.#letGo);
    this.#open.add(held);
    return held;
  }

  /** What nobody gave back is closed, with whatever runs on it. */
  end(): void {
    this.#isOver = true;
    for (const connection of this.#open) connection.release(true);
  }
}

/**
 * A pool of connections as one tenant sees it. It is what libraries call a pool: `query` runs one
 * statement in a transaction of its own, `connect` gives a connection to keep for a while.
 */
export class TenantPool {
  readonly #pool: Pool;
  readonly #context: PoolContext | null;
  readonly #turn: Turn;

  constructor(pool: Pool, context: PoolContext | null, turn: Turn) {
    this.#pool = pool;
    this.#context = context;
    this.#turn = turn;
  }

  async connect(): Promise<TenantConnection> {
    this.#turn.requireOpen();
    const client = await this.#pool.connect().catch(unconnected);
    try {
      if (this.#context && !isIntroduced(client)) await introduce(client);
      this.#turn.requireOpen();
    } catch (error) {
      client.release(!this.#turn.isOver);
      throw error;
    }
    return this.#turn.hold(client, this.#context);
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
      // A connection that cannot roll back is not sound, and is ended by its release.
      await connection.query("ROLLBACK").catch(() => undefined);
      connection.release();
      throw error;
    }
  }

  /** The service's connections are not the tenant's to close. */
  async end(): Promise<void> {}
}

/**
 * Runs `use` for one tenant: every statement in it sees and changes that tenant's rows alone.
 * When it ends, and when `signal` aborts, no connection is left behind.
 */
export async function withTenant<T>(
  pool: Pool,
  context: PoolContext,
  use: (tenant: TenantPool) => Promise<T>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  signal?.throwIfAborted();
  const until = signal && ((running: Promise<T>) => untilAborted(running, signal));
  return takeTurn({ pool, context }, use, until);
}

/**
 * The same, for a database of the tenant's own as well, which has no context. `until` may settle
 * before what runs does.
 */
export async function takeTurn<T>(
  { pool, context }: { pool: Pool; context: PoolContext | null },
  use: (tenant: TenantPool) => Promise<T>,
  until: (running: Promise<T>) => Promise<T> = (running) => running,
): Promise<T> {
  const turn = new Turn();
  try {
    return await until(use(new TenantPool(pool, context, turn)));
  } finally {
    turn.end();
  }
}

async function untilAborted<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([running, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** What a server refuses with says more than that there is no connection. */
function unconnected(error: unknown): never {
  if (error instanceof DatabaseError) throw error;
  const isTaken = error instanceof Error && error.message === "timeout exceeded when trying to connect";
  throw new ConnectionFailure(isTaken ? "NO_FREE_CONNECTION" : "UNREACHABLE", error);
}
