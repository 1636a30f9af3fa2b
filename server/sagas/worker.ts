import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { and, eq, inArray, sql } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import type { BaseContext } from "@/server/kernel/context";
import { failpoint } from "@/server/kernel/failpoint";
import { logger } from "@/server/kernel/logger";
import { databaseNow, leaseMs } from "./clock";
import { registerInlineWorker } from "./inline-worker";
import { claimNext, type Lease, type Loaded } from "./journal";
import { sagaRegistry } from "./registry";
import { runOperation } from "./run";

const hands = 8;
const pollMs = 1000;

export interface Worker {
  /** Lets running operations finish their current attempt, then resolves. */
  stop(): Promise<void>;
  /** Works until nothing is due, then resolves. */
  drain(): Promise<void>;
}

/**
 * Takes operations by lease and runs up to eight at once. Any number of workers may
 * share a control plane: the fence of each lease shuts out one that was asleep.
 */
export function startWorker(base: Pick<BaseContext, "db" | "drivers">): Worker {
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  const running = new Map<Lease, Promise<void>>();
  const reserved = new Set<NodeJS.Timeout>();
  let stopping = false;
  let claiming: Promise<void> | null = null;
  let again = false;
  /** Hands were full when this worker last looked, so more may be due. */
  let backlog = false;

  function start(lease: Lease, known?: Loaded): void {
    const done = runOperation(base, sagaRegistry, lease, known)
      .catch((error: unknown) =>
        logger.error({ err: error, operation: lease.operationId }, "operation abandoned"),
      )
      .finally(() => {
        running.delete(lease);
        if (backlog) wake();
      });
    running.set(lease, done);
  }

  async function claim(): Promise<void> {
    do {
      again = false;
      backlog = true;
      while (!stopping && running.size + reserved.size < hands) {
        const lease = await claimNext(base.db, owner);
        backlog = lease !== null;
        if (!lease) break;
        failpoint("operation.claimed");
        start(lease);
      }
    } while (again);
  }

  function wake(): void {
    if (stopping) return;
    again = true;
    claiming ??= claim()
      .catch((error: unknown) => logger.error({ err: error }, "worker could not look for operations"))
      .finally(() => (claiming = null));
  }

  function renew(): void {
    const ids = [...running.keys()].map((lease) => lease.operationId);
    if (ids.length === 0) return;
    base.db
      .update(operation)
      .set({ leaseExpiresAt: sql`${databaseNow} + ${leaseMs}` })
      .where(and(inArray(operation.id, ids), eq(operation.leaseOwner, owner)))
      .catch((error: unknown) => logger.error({ err: error }, "worker could not renew its leases"));
  }

  const timers = [setInterval(wake, pollMs), setInterval(renew, leaseMs / 4)];
  registerInlineWorker({
    owner,
    reserve() {
      if (stopping || running.size + reserved.size >= hands) return false;
      const timer = setTimeout(() => reserved.delete(timer), 1000);
      reserved.add(timer);
      return true;
    },
    start(operation) {
      const [timer] = reserved;
      clearTimeout(timer);
      if (timer) reserved.delete(timer);
      start({ operationId: operation.row.id, owner, fence: operation.row.fence }, operation);
    },
    wake,
  });
  wake();

  return {
    async drain() {
      for (;;) {
        wake();
        await claiming;
        if (running.size === 0) return;
        await Promise.all(running.values());
      }
    },
    async stop() {
      stopping = true;
      timers.forEach(clearInterval);
      registerInlineWorker(undefined);
      await Promise.all(running.values());
    },
  };
}
