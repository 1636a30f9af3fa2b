import type { Client } from "@libsql/client";
import type { Pool } from "pg";
import type { TenantConnection } from "../stores/tenant-store.ts";
import type { OpenUse } from "./uses.ts";

export type Value = string | number | bigint | boolean | null | Uint8Array;
export type Row = Record<string, unknown>;

export interface Statement {
  /** Parameters are `$1`, `$2`, … in both kinds of database. */
  sql: string;
  values?: readonly Value[];
}

/** One tenant's database, for the time of one `withDatabase`. Used later, it throws. */
export interface TenantDatabase {
  readonly tenant: string;
  readonly isolation: TenantConnection["isolation"];
  readonly driver: TenantConnection["driver"];
  readonly isReadOnly: boolean;
  /** Aborts when the tenant is suspended, its credential revoked, or the caller gave up. */
  readonly signal: AbortSignal;
  /** One statement and its rows, wherever the tenant lives; in a pool with its fence in one round trip. */
  query<R extends Row = Row>(sql: string, values?: readonly Value[]): Promise<R[]>;
  /** Several statements that happen together or not at all; the rows of each. */
  batch(statements: readonly Statement[]): Promise<Row[][]>;
  /** What drizzle, Kysely and plain code for libSQL take. Throws for a tenant in Postgres. */
  libsql(): Client;
  /**
   * What drizzle, Kysely and plain code for `pg` take: a pool with `query`, `connect` and `end`.
   * Throws for a tenant in libSQL.
   */
  postgres(): Pool;
}

/** What is open for a tenant, or for all tenants of a pool. */
export interface Handle {
  run<T>(use: Use, work: (database: TenantDatabase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** One `withDatabase`. */
export interface Use {
  connection: TenantConnection;
  isReadOnly: boolean;
  open: OpenUse;
}

/** What the handles of a process are opened with. */
export interface OpeningOptions {
  /** Schemas of Postgres in which tables are looked for without their schema's name. Default: the server's own. */
  searchPath: readonly string[];
  /** Connections at most to a database of a tenant's own. */
  connectionsPerTenant: number;
  /** Connections at most to a pool, for all of its tenants. */
  connectionsPerPool: number;
  /** An unused connection closes after this. */
  idleMs: number;
  /** How long a statement waits for a connection, and a connection for the server. */
  waitMs: number;
}

export const asRows = <R extends Row>(rows: unknown): R[] => rows as R[];
