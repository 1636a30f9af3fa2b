import type { Db, Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";

const rowsPerStatement = 500;
const statementsPerCommit = 10;

/** Writes all of `rows`, some hundreds at a time and some thousands per commit. */
export async function fill<Row>(
  db: Db,
  rows: Row[],
  write: (tx: Tx, some: Row[], from: number) => PromiseLike<unknown>,
): Promise<void> {
  const perCommit = rowsPerStatement * statementsPerCommit;
  for (let commit = 0; commit < rows.length; commit += perCommit) {
    await withTransaction(db, async (tx) => {
      const end = Math.min(rows.length, commit + perCommit);
      for (let from = commit; from < end; from += rowsPerStatement)
        await write(tx, rows.slice(from, Math.min(end, from + rowsPerStatement)), from);
    });
  }
}
