import { AsyncLocalStorage } from "node:async_hooks";
import type { Client, InStatement, ResultSet, Transaction, TransactionMode } from "@libsql/client";
import { Mutex } from "async-mutex";
import { singleton } from "@/server/kernel/singleton";
import { countRoundTrip } from "./round-trips";

/**
 * `synced`: on the disk before the commit returns. `repeatable`: a power cut may take the
 * commit back until the next synced one, so it is for what would then be done again.
 */
export type Durability = "synced" | "repeatable";

const synchronous: Record<Durability, string> = { synced: "FULL", repeatable: "NORMAL" };

const scope = singleton(
  "transaction-scope",
  () => new AsyncLocalStorage<{ open: boolean; durability: Durability }>(),
);

/**
 * Runs `work`, which opens one transaction, so that a write around that transaction is
 * noticed. Throws inside an open one: the inner would wait for the outer for ever.
 */
export async function transactionScope<T>(durability: Durability, work: () => Promise<T>): Promise<T> {
  refuseInsideTransaction();
  return scope.run({ open: false, durability }, work);
}

const isRead = (statement: InStatement) =>
  /^\s*(select|pragma|explain)\b/i.test(typeof statement === "string" ? statement : statement.sql);

function isBusy(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && /^SQLITE_(BUSY|LOCKED)/.test(cause.code))
      return true;
  }
  return false;
}

/** Waits out another process's write: 40 tries with jitter, about four seconds. */
export async function retryBusy<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || attempt === 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 10 * Math.min(attempt, 20)));
    }
  }
}

/**
 * A connection for writing. libSQL never ends a statement that was refused as busy: on that
 * connection later writes would count as done, stay uncommitted and keep the lock. So a
 * refused connection is thrown away. It is one for both durabilities, because a second one
 * would have to read again what the first has written.
 */
function writingConnection(open: () => Client) {
  let client = open();
  let current: Durability = "synced";

  async function ready(durability: Durability): Promise<void> {
    if (client.closed) {
      client = open();
      current = "synced";
    }
    if (durability === current) return;
    // Not `execute`: this takes effect when it is prepared, and prepared statements are kept.
    await client.executeMultiple(`PRAGMA synchronous = ${synchronous[durability]}`);
    current = durability;
  }

  return {
    use<T>(durability: Durability, work: (client: Client) => Promise<T>): Promise<T> {
      return retryBusy(async () => {
        await ready(durability);
        try {
          return await work(client);
        } catch (error) {
          if (isBusy(error)) client.close();
          throw error;
        }
      });
    },
    close: () => client.close(),
  };
}

function refuseInsideTransaction(): void {
  if (scope.getStore()?.open) throw new Error("A write bypasses the open transaction: pass tx.");
}

/**
 * A libSQL file has one writer at a time, and a second one in the same process would
 * block the event loop that the first one needs to finish. So writes and transactions
 * queue here, reads pass, and a write that bypasses an open transaction throws.
 */
export function singleWriter(open: () => Client): Client {
  const mutex = new Mutex();
  const reader = open();
  const writer = writingConnection(open);
  async function write<T>(work: (client: Client) => Promise<T>): Promise<T> {
    refuseInsideTransaction();
    return mutex.runExclusive(() => writer.use("synced", work));
  }
  return {
    protocol: reader.protocol,
    get closed() {
      return reader.closed;
    },
    execute(statement: InStatement): Promise<ResultSet> {
      countRoundTrip();
      return isRead(statement) ? reader.execute(statement) : write((client) => client.execute(statement));
    },
    batch(statements: InStatement[], mode?: TransactionMode): Promise<ResultSet[]> {
      countRoundTrip();
      return statements.every(isRead)
        ? reader.batch(statements, "read")
        : write((client) => client.batch(statements, mode ?? "write"));
    },
    migrate: (statements: InStatement[]) => write((client) => client.migrate(statements)),
    executeMultiple: (sql: string) => write((client) => client.executeMultiple(sql)),
    async transaction(mode?: TransactionMode): Promise<Transaction> {
      refuseInsideTransaction();
      const release = await mutex.acquire();
      try {
        const store = scope.getStore();
        const transaction = await writer.use(store?.durability ?? "synced", (client) =>
          client.transaction(mode ?? "write"),
        );
        if (store) store.open = true;
        return releasing(transaction, () => {
          if (store) store.open = false;
          release();
        });
      } catch (error) {
        release();
        throw error;
      }
    },
    sync: () => reader.sync(),
    reconnect: () => reader.reconnect(),
    close() {
      reader.close();
      writer.close();
    },
  };
}

function releasing(transaction: Transaction, release: () => void): Transaction {
  return {
    get closed() {
      return transaction.closed;
    },
    execute(statement: InStatement): Promise<ResultSet> {
      countRoundTrip();
      return transaction.execute(statement);
    },
    batch(statements: InStatement[]): Promise<ResultSet[]> {
      countRoundTrip();
      return transaction.batch(statements);
    },
    executeMultiple: (sql: string) => transaction.executeMultiple(sql),
    commit: () => transaction.commit().finally(release),
    rollback: () => transaction.rollback().finally(release),
    close(): void {
      transaction.close();
      release();
    },
  };
}
