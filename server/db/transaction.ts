import type { Db, Tx } from "./client";
import { failpoint } from "@/server/kernel/failpoint";
import { logger } from "@/server/kernel/logger";
import { toDomainError } from "./guard-errors";
import { transactionScope, type Durability } from "./single-writer";

const hints = new WeakMap<Tx, (() => void)[]>();

/**
 * Runs `work` in one write transaction. Guards of the database that refuse it surface
 * as a DomainError. Nothing may leave the process inside: enqueue an operation instead.
 * The change is on the disk when this resolves, unless it is `repeatable`.
 */
export async function withTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  durability: Durability = "synced",
): Promise<T> {
  const afterwards: (() => void)[] = [];
  const result = await transactionScope(durability, () =>
    db.transaction(async (tx) => {
      hints.set(tx, afterwards);
      const worked = await work(tx);
      failpoint("transaction.worked");
      return worked;
    }),
  ).catch((error: unknown) => {
    throw toDomainError(error);
  });
  failpoint("transaction.committed");
  // What is committed is done, whatever becomes of the hints.
  for (const hint of afterwards) attempt(hint);
  return result;
}

function attempt(hint: () => void): void {
  try {
    hint();
  } catch (error) {
    logger.error({ err: error }, "a hint after a transaction failed");
  }
}

/**
 * Calls `hint` once the transaction has committed. It dies with the process, so it may
 * only speed up what polling would find anyway, such as waking the worker.
 */
export function onCommit(tx: Tx, hint: () => void): void {
  hints.get(tx)?.push(hint);
}
