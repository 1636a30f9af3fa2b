import type { Client, InStatement, Transaction, TransactionMode } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql/web";
import { passRefusal } from "./pass-refusal.ts";

/** As `PrismaLibSql` takes them. */
export type PrismaLibsqlOptions = NonNullable<ConstructorParameters<typeof PrismaLibSql>[1]>;

/**
 * The adapter of a `PrismaClient` for the tenant's libSQL client, for a Prisma schema of the
 * provider `sqlite`. The `PrismaClient` ends with the `withDatabase` that it was made in: a query
 * that is awaited later throws.
 */
export function prismaLibsql(client: Client, options?: PrismaLibsqlOptions): PrismaLibSql {
  return new TenantLibsql(client, options);
}

class TenantLibsql extends PrismaLibSql {
  readonly #client: Client;

  constructor(client: Client, options?: PrismaLibsqlOptions) {
    super({ url: "" }, options);
    this.#client = client;
  }

  override createClient(): Client {
    return asClient(new OutspokenClient(this.#client));
  }
}

/** What Prisma asks of a client. */
class OutspokenClient {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  execute(statement: InStatement) {
    return this.#client.execute(statement).catch(explain);
  }

  executeMultiple(sql: string) {
    return this.#client.executeMultiple(sql).catch(explain);
  }

  async transaction(mode: TransactionMode) {
    return asTransaction(new OutspokenTransaction(await this.#client.transaction(mode).catch(explain)));
  }

  close(): void {
    this.#client.close();
  }
}

class OutspokenTransaction {
  readonly #transaction: Transaction;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  execute(statement: InStatement) {
    return this.#transaction.execute(statement).catch(explain);
  }

  commit() {
    return this.#transaction.commit().catch(explain);
  }

  rollback() {
    return this.#transaction.rollback();
  }
}

// Prisma asks them for nothing else.
const asClient = (client: unknown) => client as Client;
const asTransaction = (transaction: unknown) => transaction as Transaction;

// Over HTTP an error has words and no number, by which Prisma tells constraints apart.
const numbers = new Map([
  ["UNIQUE", 2067],
  ["FOREIGN KEY", 787],
  ["NOT NULL", 1299],
]);

function explain(error: unknown): never {
  if (isUnnumbered(error)) {
    const [, kind = ""] = /(UNIQUE|FOREIGN KEY|NOT NULL|CHECK) constraint failed/.exec(error.message) ?? [];
    const rawCode = error.code === "SQLITE_BUSY" ? 5 : numbers.get(kind);
    if (rawCode) throw Object.assign(error, { rawCode });
  }
  return passRefusal(error);
}

const isUnnumbered = (error: unknown): error is Error & { code: unknown } =>
  error instanceof Error && "code" in error && !("rawCode" in error && error.rawCode);
