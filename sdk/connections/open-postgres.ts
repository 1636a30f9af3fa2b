import type { Pool } from "pg";
import type { PoolContext } from "../postgres/proof.ts";
import { openServicePool, takeTurn, type TenantPool } from "../postgres/with-tenant.ts";
import type { TenantConnection } from "../stores/tenant-store.ts";
import { LentDatabase } from "./lent-database.ts";
import {
  asRows,
  type Handle,
  type OpeningOptions,
  type Row,
  type Statement,
  type TenantDatabase,
  type Use,
  type Value,
} from "./tenant-database.ts";

/** A Postgres database of the tenant's own, or a pool for all of its tenants. */
export function openPostgres(
  connection: TenantConnection,
  options: OpeningOptions,
  isReadOnly: boolean,
): Handle {
  const pool = openServicePool({
    connectionString: withLogin(connection),
    max: connection.context ? options.connectionsPerPool : options.connectionsPerTenant,
    idleTimeoutMillis: options.idleMs,
    connectionTimeoutMillis: options.waitMs,
    allowExitOnIdle: true,
    options: settings(options.searchPath, isReadOnly),
  });
  return {
    run: (use, work) =>
      takeTurn(
        { pool, context: contextOf(use.connection) },
        (rows) => work(new PostgresDatabase(use, rows)),
        (running) => use.open.until(running),
      ),
    close: () => pool.end(),
  };
}

class PostgresDatabase extends LentDatabase implements TenantDatabase {
  readonly #rows: TenantPool;

  constructor(use: Use, rows: TenantPool) {
    super(use);
    this.#rows = rows;
  }

  async query<R extends Row>(sql: string, values?: readonly Value[]): Promise<R[]> {
    return asRows<R>((await this.#rows.query(sql, values && [...values])).rows);
  }

  batch(statements: readonly Statement[]): Promise<Row[][]> {
    return this.#rows.transaction(async (transaction) => {
      const results: Row[][] = [];
      for (const { sql, values } of statements)
        results.push(asRows((await transaction.query(sql, values && [...values])).rows));
      return results;
    });
  }

  libsql(): never {
    throw new Error("The tenant's database is a Postgres: ask for postgres().");
  }

  postgres(): Pool {
    return asPool(this.#rows);
  }
}

// Libraries that take a pool ask it for `query`, `connect` and `end`, which it has.
const asPool = (rows: unknown) => rows as Pool;

function contextOf({ tenant, context }: TenantConnection): PoolContext | null {
  return context && { tenant, credentialId: context.credentialId, secret: context.key };
}

function withLogin({ url, credential }: TenantConnection): string {
  const address = new URL(url);
  address.username = encodeURIComponent(credential.username ?? "");
  address.password = encodeURIComponent(credential.secret);
  return address.href;
}

function settings(searchPath: readonly string[], isReadOnly: boolean): string {
  const quoted = searchPath.map((schema) => `"${schema.replaceAll('"', '""')}"`).join(",");
  return [
    ...(quoted ? [`-c search_path=${quoted.replaceAll(/[\\ ]/g, String.raw`\$&`)}`] : []),
    ...(isReadOnly ? ["-c default_transaction_read_only=on"] : []),
  ].join(" ");
}
