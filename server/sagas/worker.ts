import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { and, eq, inArray, sql } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import type { WorkContext } from "@/server/kernel/context";
import { failpoint } from "@/server/kernel/failpoint";
import { logger } from "@/server/kernel/logger";
import { databaseNow } from "@/server/db/clock";
import { leaseMs } from "./lease-time";
import { registerInlineWorker } from "./inline-worker";
import { createHands } from "./hands";
import { claimNext, type Lease, type Loaded } from "./journal";
import { sagaRegistry } from "./registry";
import { sweep, tidy } from "./sweep";
import { runOperation } from "./run";

const handCount = 8;
const pollMs = 1000;
const sweepMs = 1000;
const tidyMs = 3_600_000;

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
export function startWorker(base: Pick<WorkContext, "db" | "drivers">): Worker {
  const owner = `${hostname()}:${process.pid}:${randomUUID()}`;
  let stopping = false;
  const look = createLook(claim);
  const hands = createHands(handCount, run, look.againIfFull);

  async function run(lease: Lease, known?: Loaded): Promise<void> {
    try {
      await runOperation(base, sagaRegistry, lease, known);
    } catch (error) {
      logger.error({ err: error, operation: lease.operationId }, "operation abandoned");
    }
  }

  async function claim(): Promise<Look> {
    if (stopping) return "nothing";
    if (!hands.areFree()) return "full";
    const lease = await claimNext(base.db, owner);
    if (!lease) return "nothing";
    failpoint("operation.claimed");
    hands.start(lease);
    return "taken";
  }

  const timers = [
    setInterval(look.again, pollMs),
    setInterval(() => void attend("sweep", () => sweep(base.db)), sweepMs),
    setInterval(() => void attend("tidying", () => tidy(base.db)), tidyMs),
    setInterval(() => void renew(base, owner, hands.leases()), leaseMs / 4),
  ];
  registerInlineWorker({
    owner,
    reserve: () => !stopping && hands.reserve(),
    start: (operation) =>
      hands.startReserved({ operationId: operation.row.id, owner, fence: operation.row.fence }, operation),
    wake: look.again,
  });
  look.again();

  return {
    async drain() {
      for (;;) {
        look.again();
        await look.done();
        if (hands.leases().length === 0) return;
        await hands.rest();
      }
    },
    async stop() {
      stopping = true;
      timers.forEach(clearInterval);
      registerInlineWorker(undefined);
      await look.done();
      await hands.rest();
    },
  };
}

async function attend(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.error({ err: error }, `the ${what} failed`);
  }
}

async function renew(base: Pick<WorkContext, "db">, owner: string, leases: Lease[]): Promise<void> {
  if (leases.length === 0) return;
  const ids = leases.map((lease) => lease.operationId);
  try {
    await base.db
      .update(operation)
      .set({ leaseExpiresAt: sql`${databaseNow} + ${leaseMs}` })
      .where(and(inArray(operation.id, ids), eq(operation.leaseOwner, owner)));
  } catch (error) {
    logger.error({ err: error }, "worker could not renew its leases");
  }
}

type Look = "taken" | "nothing" | "full";

/** Looks for work until there is none, one look at a time; asking during a look makes it look once more. */
function createLook(take: () => Promise<Look>) {
  let looking: Promise<void> | null = null;
  let asked = false;
  let outcome: Look = "nothing";

  async function lookWhileAsked(): Promise<void> {
    while (asked) {
      asked = false;
      do outcome = await take();
      while (outcome === "taken");
    }
  }

  function again(): void {
    asked = true;
    looking ??= lookWhileAsked()
      .catch((error: unknown) => logger.error({ err: error }, "worker could not look for operations"))
      .finally(() => (looking = null));
  }

  return {
    again,
    /** Only where hands were missing there may be more. */
    againIfFull: () => {
      if (outcome === "full") again();
    },
    done: async () => looking,
  };
}
