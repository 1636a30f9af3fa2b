import { min } from "drizzle-orm";
import { tenantChange } from "@/drizzle/control/schema/services";
import type { Db } from "@/server/db/client";
import { changeFeed, readChanges } from "./change-feed";

const mostChanges = 1000;

export interface ChangesRequest {
  /** What the caller has seen; null: nothing yet. */
  since: number | null;
  waitSeconds: number;
}

export interface ChangesAnswer {
  changes: { tenant: string; epoch: number; seq: number }[];
  /** To be given as `since` next. */
  next: number;
  /** True when changes may have been missed: forget everything that is kept. */
  reset: boolean;
}

/** What has changed after `since`; waits for something when there is nothing, as long as asked. */
export async function listChanges(
  db: Db,
  request: ChangesRequest,
  signal: AbortSignal,
): Promise<ChangesAnswer> {
  const feed = await changeFeed(db);
  const { since } = request;
  if (since === null) return { changes: [], next: feed.seq(), reset: false };
  const [oldest] = await db.select({ seq: min(tenantChange.seq) }).from(tenantChange);
  // Older ones are pruned, and a registry that was put back from a backup counts anew.
  const missed =
    since > feed.seq() || (oldest?.seq !== null && oldest !== undefined && since < oldest.seq - 1);
  if (missed) return { changes: [], next: feed.seq(), reset: true };
  for (const until = Date.now() + request.waitSeconds * 1000; ;) {
    const changes = await readChanges(db, since, mostChanges);
    const left = until - Date.now();
    if (changes.length > 0 || left <= 0 || signal.aborted)
      return { changes, next: changes.at(-1)?.seq ?? since, reset: false };
    await feed.next(left, signal);
  }
}
