import { asc, gt, max } from "drizzle-orm";
import { tenantChange } from "@/drizzle/control/schema/services";
import type { Db } from "@/server/db/client";
import { environmentId, type EnvironmentId } from "@/server/kernel/ids";
import { logger } from "@/server/kernel/logger";
import { singleton } from "@/server/kernel/singleton";

export interface Change {
  seq: number;
  tenant: EnvironmentId;
  epoch: number;
}

/** What has changed about which tenant, as it is written, whoever wrote it. */
export interface ChangeFeed {
  /** Calls back with each batch; `null` when some may have been missed. Gives what ends it. */
  subscribe(changed: (changes: Change[] | null) => void): () => void;
  /** True while the last look is recent: what is kept in memory may be answered from. */
  isFresh(): boolean;
  /** The newest sequence number that was seen. */
  seq(): number;
  /** Resolves when `seq()` is past `seq`, after `timeoutMs`, or when `signal` aborts. */
  nextAfter(seq: number, timeoutMs: number, signal: AbortSignal): Promise<void>;
  stop(): void;
}

const pollMs = 200;
/** Longer without a look, and nothing from memory is trusted. */
const freshMs = 2000;
const batch = 1000;

/** Looks five times a second, which is one read of an index. Resolves when it knows where it starts. */
export async function followChanges(db: Db): Promise<ChangeFeed> {
  const subscribers = new Set<(changes: Change[] | null) => void>();
  let last = await newestSeq(db);
  let lookedAt = Date.now();
  let looking = false;

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const wasFresh = isFresh();
      for (let full = true; full;) {
        const changes = await readChanges(db, last, batch);
        full = changes.length === batch;
        last = changes.at(-1)?.seq ?? last;
        if (changes.length > 0) tell(changes);
      }
      lookedAt = Date.now();
      if (!wasFresh) tell(null);
    } catch (error) {
      logger.warn({ err: error }, "changes of tenants could not be read");
    } finally {
      looking = false;
    }
  }

  const isFresh = () => Date.now() - lookedAt < freshMs;
  const tell = (changes: Change[] | null) => subscribers.forEach((changed) => changed(changes));
  const subscribe = (changed: (changes: Change[] | null) => void) => {
    subscribers.add(changed);
    return () => void subscribers.delete(changed);
  };
  const timer = setInterval(() => void look(), pollMs);
  timer.unref();
  return {
    subscribe,
    isFresh,
    seq: () => last,
    // What was seen during the caller's read is not waited for.
    nextAfter: async (seq, timeoutMs, signal) =>
      last > seq ? undefined : nextChange(subscribe, timeoutMs, signal),
    stop: () => clearInterval(timer),
  };
}

/** Those after `seq`, in order, at most `limit`. */
export async function readChanges(db: Db, seq: number, limit: number): Promise<Change[]> {
  const rows = await db
    .select({ seq: tenantChange.seq, tenant: tenantChange.environmentId, epoch: tenantChange.epoch })
    .from(tenantChange)
    .where(gt(tenantChange.seq, seq))
    .orderBy(asc(tenantChange.seq))
    .limit(limit);
  return rows.map((row) => ({ ...row, tenant: environmentId(row.tenant) }));
}

async function newestSeq(db: Db): Promise<number> {
  const [row] = await db.select({ seq: max(tenantChange.seq) }).from(tenantChange);
  return row?.seq ?? 0;
}

function nextChange(
  subscribe: ChangeFeed["subscribe"],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const unsubscribe = subscribe(finish);
    const timer = setTimeout(finish, timeoutMs);
    signal.addEventListener("abort", finish, { once: true });
    if (signal.aborted) finish();
  });
}

/** The feed of this process. */
export function changeFeed(db: Db): Promise<ChangeFeed> {
  return singleton("change-feed", () => followChanges(db));
}
