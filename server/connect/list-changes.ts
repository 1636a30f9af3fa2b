import { max, min } from "drizzle-orm";
import { tenantChange } from "@/drizzle/control/schema/services";
import type { Db } from "@/server/db/client";
import { changeFeed, readChanges } from "./change-feed";

const mostChanges = 1000;
const confirmMs = 500;

export interface ChangesRequest {
  /** What the caller has seen; null: nothing yet. */
  since: number | null;
  waitSeconds: number;
  /** Throws when the caller may not hear any more. Asked every half second while it waits. */
  confirm(): Promise<unknown>;
}

export interface ChangesAnswer {
  changes: { tenant: string; epoch: number; seq: number }[];
  /** To be given as `since` next. */
  next: number;
  /** True when changes may have been missed: forget everything that is kept. */
  reset: boolean;
}

/** What has changed after `since`; waits for something when there is nothing, as long as asked. Throws what `confirm` throws. */
export async function listChanges(
  db: Db,
  request: ChangesRequest,
  signal: AbortSignal,
): Promise<ChangesAnswer> {
  const { since } = request;
  const { oldest, newest } = await kept(db);
  if (since === null) return { changes: [], next: newest, reset: false };
  // Older ones are pruned, and a registry that was put back from a backup counts anew.
  if (since > newest || since < oldest - 1) return { changes: [], next: newest, reset: true };
  const feed = await changeFeed(db);
  for (const until = Date.now() + request.waitSeconds * 1000; ;) {
    const told = feed.seq();
    const changes = await readChanges(db, since, mostChanges);
    const left = until - Date.now();
    if (changes.length > 0 || left <= 0 || signal.aborted)
      return { changes, next: changes.at(-1)?.seq ?? since, reset: false };
    while (feed.seq() <= told && Date.now() < until && !signal.aborted) {
      await feed.nextAfter(told, Math.min(until - Date.now(), confirmMs), signal);
      await request.confirm();
    }
  }
}

/** Of the registry and not of the feed, which is up to a fifth of a second behind those who read the registry. */
async function kept(db: Db): Promise<{ oldest: number; newest: number }> {
  const { seq } = tenantChange;
  // Each end is one step in the index; both in one query would be a scan.
  const [[first], [last]] = await Promise.all([
    db.select({ seq: min(seq) }).from(tenantChange),
    db.select({ seq: max(seq) }).from(tenantChange),
  ]);
  return { oldest: first?.seq ?? 0, newest: last?.seq ?? 0 };
}
