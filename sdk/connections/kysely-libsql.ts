import type { Client, InValue, ResultSet, Transaction } from "@libsql/client";
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type TransactionSettings,
} from "kysely";

/** Kysely over a libSQL client: `new Kysely({ dialect: new LibsqlDialect(database.libsql()) })`. */
export class LibsqlDialect implements Dialect {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  createDriver(): Driver {
    return new LibsqlDriver(this.#client);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}

class LibsqlDriver implements Driver {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<LibsqlConnection> {
    return new LibsqlConnection(this.#client);
  }

  beginTransaction(connection: LibsqlConnection, { accessMode }: TransactionSettings): Promise<void> {
    return connection.begin(accessMode === "read only" ? "read" : "write");
  }

  commitTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.end((transaction) => transaction.commit());
  }

  rollbackTransaction(connection: LibsqlConnection): Promise<void> {
    return connection.end((transaction) => transaction.rollback());
  }

  savepoint(connection: LibsqlConnection, name: string): Promise<void> {
    return connection.run(`savepoint ${quoted(name)}`);
  }

  rollbackToSavepoint(connection: LibsqlConnection, name: string): Promise<void> {
    return connection.run(`rollback to ${quoted(name)}`);
  }

  releaseSavepoint(connection: LibsqlConnection, name: string): Promise<void> {
    return connection.run(`release ${quoted(name)}`);
  }

  /** A transaction that nobody ended is rolled back. */
  async releaseConnection(connection: LibsqlConnection): Promise<void> {
    connection.close();
  }

  /** The client belongs to whoever made it. */
  async destroy(): Promise<void> {}
}

class LibsqlConnection implements DatabaseConnection {
  readonly #client: Client;
  #transaction: Transaction | null = null;

  constructor(client: Client) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await (this.#transaction ?? this.#client).execute({ sql, args: asValues(parameters) });
    const { rowsAffected, lastInsertRowid } = result;
    return {
      rows: asRows<Row>(result),
      numAffectedRows: BigInt(rowsAffected),
      ...(lastInsertRowid === undefined ? {} : { insertId: lastInsertRowid }),
    };
  }

  // A result comes as a whole.
  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }

  async run(sql: string): Promise<void> {
    await this.executeQuery(CompiledQuery.raw(sql));
  }

  async begin(mode: "read" | "write"): Promise<void> {
    this.#transaction = await this.#client.transaction(mode);
  }

  async end(finish: (transaction: Transaction) => Promise<void>): Promise<void> {
    const transaction = this.#transaction;
    if (!transaction) throw new Error("No transaction is open.");
    this.#transaction = null;
    await finish(transaction);
  }

  close(): void {
    this.#transaction?.close();
    this.#transaction = null;
  }
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

// What is no value of SQLite, the client refuses by itself.
const asValues = (parameters: readonly unknown[]) => [...parameters] as InValue[];

function asRows<Row>({ columns, rows }: ResultSet): Row[] {
  return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])) as Row);
}
