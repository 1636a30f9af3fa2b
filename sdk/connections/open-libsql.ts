import type { Client, ResultSet } from "@libsql/client";
import { createClient } from "@libsql/client/http";
import { ConnectionFailure } from "../errors/connection-failure.ts";
import type { TenantConnection } from "../stores/tenant-store.ts";
import { LentClient } from "./lent-client.ts";
import { LentDatabase } from "./lent-database.ts";
import {
  asRows,
  type Handle,
  type Row,
  type Statement,
  type TenantDatabase,
  type Use,
  type Value,
} from "./tenant-database.ts";

/** A file that Freehold serves, or a database at Turso. Every statement is a request: nothing is held open. */
export function openLibsql({ url, credential }: TenantConnection): Handle {
  const client: Client = createClient({ url, authToken: credential.secret, fetch: reach });
  return {
    async run(use, work) {
      const lent = new LentClient(client, use.isReadOnly);
      try {
        return await use.open.until(work(new LibsqlDatabase(use, lent)));
      } finally {
        lent.end();
      }
    },
    async close() {
      client.close();
    },
  };
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    throw new ConnectionFailure("UNREACHABLE", error);
  }
}

class LibsqlDatabase extends LentDatabase implements TenantDatabase {
  readonly #client: LentClient;

  constructor(use: Use, client: LentClient) {
    super(use);
    this.#client = client;
  }

  async query<R extends Row>(sql: string, values: readonly Value[] = []): Promise<R[]> {
    return asRows<R>(rowsOf(await this.#client.execute(named({ sql, values }))));
  }

  async batch(statements: readonly Statement[]): Promise<Row[][]> {
    return (await this.#client.batch(statements.map(named), "write")).map(rowsOf);
  }

  libsql(): Client {
    return this.#client;
  }

  postgres(): never {
    throw new Error("The tenant's database is no Postgres: ask for libsql().");
  }
}

/** `$1` is a parameter with a name in SQLite, so the statement stays as it is. */
const named = ({ sql, values = [] }: Statement) => ({
  sql,
  args: Object.fromEntries(values.map((value, at) => [`$${at + 1}`, value])),
});

const rowsOf = ({ columns, rows }: ResultSet): Row[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
