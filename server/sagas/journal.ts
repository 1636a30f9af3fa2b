import { and, asc, eq, sql } from "drizzle-orm";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import type { Db, Tx } from "@/server/db/client";
import { databaseNow } from "@/server/db/clock";
import { leaseMs } from "./lease-time";

/** What a run needs to know of its operation; when it is due and until when it is leased is the database's matter. */
export type OperationRow = Omit<typeof operation.$inferSelect, "leaseExpiresAt" | "runAfter">;
export type StepRow = typeof operationStep.$inferSelect;

/** One worker's hold on an operation: a write with an older fence changes nothing. */
export interface Lease {
  operationId: string;
  owner: string;
  fence: number;
}

/** Another worker has the operation now. Not an error: this one stops at once. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

const held = (lease: Lease) =>
  and(
    eq(operation.id, lease.operationId),
    eq(operation.fence, lease.fence),
    eq(operation.leaseOwner, lease.owner),
  );

/** Updates the operation and renews the lease; throws LeaseLost when the lease is not held any more. */
export async function writeOperation(
  tx: Tx | Db,
  lease: Lease,
  values: Partial<Pick<OperationRow, "status" | "error" | "finishedAt" | "attempts">> = {},
): Promise<void> {
  const ended = values.finishedAt != null;
  const updated = await tx
    .update(operation)
    .set({
      ...values,
      leaseExpiresAt: ended ? null : sql`${databaseNow} + ${leaseMs}`,
      ...(ended ? { leaseOwner: null } : {}),
    })
    .where(held(lease))
    .returning({ id: operation.id });
  if (updated.length === 0) throw new LeaseLost();
}

/** Gives the operation back to be tried again after `delayMs`. */
export async function postpone(db: Db, lease: Lease, delayMs: number, error: string): Promise<void> {
  await db
    .update(operation)
    .set({
      error,
      leaseOwner: null,
      leaseExpiresAt: null,
      runAfter: sql`${databaseNow} + ${Math.round(delayMs)}`,
    })
    .where(held(lease));
}

/** Writes the steps as they stand, in one statement. */
export async function writeSteps(tx: Tx | Db, steps: StepRow[]): Promise<void> {
  await tx
    .insert(operationStep)
    .values(steps)
    .onConflictDoUpdate({ target: [operationStep.operationId, operationStep.position], set: stepColumns });
}

const stepColumns = {
  status: sql`excluded.status`,
  result: sql`excluded.result`,
  detail: sql`excluded.detail`,
  error: sql`excluded.error`,
  startedAt: sql`excluded.started_at`,
  finishedAt: sql`excluded.finished_at`,
};

/** An operation and its steps as a lease found them. */
export interface Loaded {
  row: OperationRow;
  steps: StepRow[];
}

/** Null when the lease is not held. */
export async function loadOperation(db: Db, lease: Lease): Promise<Loaded | null> {
  const [rows, steps] = await db.batch([
    db.select().from(operation).where(held(lease)),
    db
      .select()
      .from(operationStep)
      .where(eq(operationStep.operationId, lease.operationId))
      .orderBy(asc(operationStep.position)),
  ]);
  const row = rows[0];
  return row ? { row, steps } : null;
}

/** Takes the lease of the operation that is due the longest: new, or left by a worker that died. */
export async function claimNext(db: Db, owner: string): Promise<Lease | null> {
  const due = sql`(
    select id from sys_operation
    where status in ('queued', 'running', 'undoing') and run_after <= ${databaseNow}
      and (lease_expires_at is null or lease_expires_at < ${databaseNow})
    order by run_after limit 1
  )`;
  const claimed = await db
    .update(operation)
    .set({
      status: sql`case ${operation.status} when 'queued' then 'running' else ${operation.status} end`,
      leaseOwner: owner,
      leaseExpiresAt: sql`${databaseNow} + ${leaseMs}`,
      fence: sql`${operation.fence} + 1`,
      attempts: sql`${operation.attempts} + 1`,
      startedAt: sql`coalesce(${operation.startedAt}, ${databaseNow})`,
    })
    .where(eq(operation.id, due))
    .returning({ id: operation.id, fence: operation.fence });
  const row = claimed[0];
  return row ? { operationId: row.id, owner, fence: row.fence } : null;
}
