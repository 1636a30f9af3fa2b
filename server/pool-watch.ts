import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { eq, inArray } from "drizzle-orm";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { pool } from "@/drizzle/control/schema/pools";
import type { Db } from "@/server/db/client";
import { inPool } from "@/server/domain/environments/limits";
import { recordSample } from "@/server/domain/environments/record-sample";
import { recordRun } from "@/server/domain/isolation/record";
import { recordMended } from "@/server/domain/isolation/record-mended";
import type { Drivers } from "@/server/drivers/registry";
import { systemActor, type BaseContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { logger } from "@/server/kernel/logger";
import { findPoolAccess } from "@/server/sagas/pool-access";
import { lintPool } from "./pool-lint";
import { provePool } from "./pool-proof";
import type { Proof } from "./isolation/attacks/prove";

/** Each pool is linted at least so often, so that a fence that was loosened shows within a minute. */
const pauseMs = 15_000;
/** Of one proof. Each round attacks and measures one pool, so that many pools cost no more than few. */
const attempts = 200;

/** Looks after every pool until it is stopped: are its fences whole, do they hold, who is over its limits. */
export function watchPools(db: Db, drivers: Drivers): { stop(): Promise<void> } {
  const ending = new AbortController();
  const watching = watch(db, drivers, ending.signal);
  return {
    async stop() {
      ending.abort();
      await watching;
    },
  };
}

async function watch(db: Db, drivers: Drivers, signal: AbortSignal): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    const pools = await openPools(db);
    for (const row of pools) {
      if (signal.aborted) return;
      await attempt(row, "order", () => keepOrderOnce(db, drivers, row));
      await attempt(row, "lint", () => lintOnce(db, drivers, row));
    }
    const next = pools[round % pools.length];
    if (next) {
      await attempt(next, "proof", () => proveOnce(db, drivers, next));
      await attempt(next, "sample", () => sampleOnce(db, drivers, next));
    }
    await delay(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

type PoolRow = typeof pool.$inferSelect;

async function openPools(db: Db): Promise<PoolRow[]> {
  try {
    return await db
      .select()
      .from(pool)
      .where(inArray(pool.state, ["active", "draining"]));
  } catch (error) {
    logger.warn({ err: error }, "the pools could not be looked after");
    return [];
  }
}

async function attempt({ slug }: PoolRow, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.warn({ err: error, pool: slug }, `the ${what} of a pool failed`);
  }
}

const contextOf = (db: Db): BaseContext => ({
  db,
  actor: systemActor,
  requestId: newId(),
  door: "worker",
  ip: null,
  idempotencyKey: null,
});

/** What was put right is logged each time, and kept where operators look. */
export async function keepOrderOnce(db: Db, drivers: Drivers, { id, slug }: PoolRow): Promise<void> {
  const mended = await (await drivers.pool(id)).keepOrder();
  for (const { problem } of mended) logger.warn({ pool: slug }, problem);
  await recordMended(contextOf(db), { poolId: id, at: new Date(), mended });
}

/** One lint of the pool, kept with what it found; when it cannot be reached, that is kept. */
export async function lintOnce(db: Db, drivers: Drivers, { id, databaseName }: PoolRow): Promise<void> {
  const startedAt = new Date();
  const run = { poolId: id, kind: "lint", startedAt } as const;
  const report = await drivers
    .pool(id)
    .then((driver) => lintPool(driver, databaseName))
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  const finishedAt = new Date();
  if (report instanceof Error) {
    logger.warn({ err: report, pool: id }, "a pool could not be linted");
    const problem = "The pool could not be looked at.";
    await recordRun(contextOf(db), { ...run, finishedAt, checks: 0, problem, findings: null, skipped: [] });
    return;
  }
  const { checks, findings, skipped, unseen } = report;
  await recordRun(contextOf(db), {
    ...run,
    finishedAt,
    checks,
    findings,
    skipped,
    problem: unseen.join(" "),
  });
}

/** One proof of the pool, by attempts that a new seed chooses; when there can be none, that is kept. */
export async function proveOnce(db: Db, drivers: Drivers, { id, databaseName }: PoolRow): Promise<void> {
  const startedAt = new Date();
  const seed = randomUUID();
  const { secrets } = await findPoolAccess(db, id);
  const proof = await drivers
    .pool(id)
    .then((driver) => provePool({ driver, databaseName, secrets, attempts, seed }))
    .catch((error: unknown) => {
      logger.warn({ err: error, pool: id }, "a pool could not be attacked");
      return unproven;
    });
  await recordRun(contextOf(db), {
    poolId: id,
    kind: "proof",
    verdict: proof.verdict,
    problem: proof.breaches[0]?.what ?? proof.problem,
    checks: proof.attempts,
    seed,
    detail: { kinds: proof.kinds },
    startedAt,
    finishedAt: new Date(),
  });
}

const unproven: Omit<Proof, "seed"> = {
  verdict: "unknown",
  problem: "The pool could not be attacked.",
  attempts: 0,
  kinds: {},
  breaches: [],
};

/**
 * What each tenant takes, as the registry shows it; those over a limit that the registry has for
 * them are closed for writing.
 */
export async function sampleOnce(db: Db, drivers: Drivers, { id }: PoolRow): Promise<void> {
  const { environmentId, storageLimitMb, rowLimit, poolId } = environmentDatabase;
  const samples = await (
    await drivers.pool(id)
  ).sampleTenants(async () => {
    const granted = await db
      .select({ tenant: environmentId, storageLimitMb, rowLimit })
      .from(environmentDatabase)
      .where(eq(poolId, id));
    return granted.map(({ tenant, ...limits }) => ({ tenant, ...inPool(limits) }));
  });
  for (const sample of samples) await recordSample(db, sample);
}
