import { PrismaPg } from "@prisma/adapter-pg";
import { Pool, type PoolClient, type QueryConfig } from "pg";
import { passRefusal } from "./pass-refusal.ts";

export interface PrismaPostgresOptions {
  /** That of the tables. Default: `public`. */
  schema?: string;
}

/** What a `PrismaClient` takes as its adapter. */
export type PrismaPostgresAdapter = Pick<PrismaPg, "provider" | "adapterName" | "connect">;

/**
 * The adapter of a `PrismaClient` for the tenant's Postgres, be it its own or a pool, for a Prisma
 * schema of the provider `postgresql`. The `PrismaClient` ends with the `withDatabase` that it was
 * made in: a query that is awaited later throws.
 */
export function prismaPostgres(rows: Pool, options?: PrismaPostgresOptions): PrismaPostgresAdapter {
  const pool = lentPool(rows);
  const adapter = new PrismaPg(pool, options);
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    async connect() {
      const connected = await adapter.connect();
      // It takes no other class's pool for one, and would connect by itself.
      if (connected.underlyingDriver() !== pool)
        throw new Error("@prisma/adapter-pg has a `pg` of its own: install one version for both.");
      return connected;
    },
  };
}

/** A pool by its class, which never connects: everything that Prisma asks of it goes to the tenant's. */
function lentPool(rows: Pool): Pool {
  return Object.assign(new Pool(), {
    query: (query: QueryConfig) => rows.query(query).catch(passRefusal),
    connect: async () => lentConnection(await rows.connect().catch(passRefusal)),
    end: async () => undefined,
  });
}

/** The tenant's pool listens for errors of its connections already. */
function lentConnection(connection: PoolClient): PoolClient {
  return asPoolClient({
    query: (query: QueryConfig) => connection.query(query).catch(passRefusal),
    release: (error?: Error | boolean) => connection.release(error),
    on: () => undefined,
    removeListener: () => undefined,
  });
}

const asPoolClient = (connection: unknown) => connection as PoolClient;
