import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import type { Db, Tx } from "@/server/db/client";
import { databaseNow } from "@/server/db/clock";
import { insertion, prepared } from "@/server/db/prepared";
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

/** Until when a lease holds that is taken or renewed now. */
export const leaseEnd = sql<number>`${databaseNow} + ${sql.raw(String(leaseMs))}`;

const heldWith = (part: (name: keyof Lease) => SQL) =>
  and(
    eq(operation.id, part("operationId")),
    eq(operation.fence, part("fence")),
    eq(operation.leaseOwner, part("owner")),
  );
const held = (lease: Lease) => heldWith((name) => sql`${lease[name]}`);

const renewal = prepared<keyof Lease>((tx, slot) =>
  tx.update(operation).set({ leaseExpiresAt: leaseEnd }).where(heldWith(slot)),
);
const success = prepared<keyof Lease | "now">((tx, slot) =>
  tx
    .update(operation)
    .set({
      status: "succeeded",
      error: null,
      finishedAt: slot("now"),
      leaseOwner: null,
      leaseExpiresAt: null,
    })
    .where(heldWith(slot)),
);

/** Throws LeaseLost when the lease is not held any more. */
export async function renewLease(tx: Tx, lease: Lease): Promise<void> {
  const { rowsAffected } = await tx.run(renewal(tx, { ...lease }));
  if (rowsAffected === 0) throw new LeaseLost();
}

/** Throws LeaseLost when the lease is not held any more. Writes nothing. */
export async function requireLease(db: Db, lease: Lease): Promise<void> {
  const rows = await db.all(sql`select 1 from ${operation} where ${held(lease)}`);
  if (rows.length === 0) throw new LeaseLost();
}

/** Ends the operation well; throws LeaseLost when the lease is not held any more. */
export async function succeed(tx: Tx, lease: Lease): Promise<void> {
  const { rowsAffected } = await tx.run(success(tx, { ...lease, now: new Date() }));
  if (rowsAffected === 0) throw new LeaseLost();
}

/** Updates the operation and renews the lease; throws LeaseLost when the lease is not held any more. */
export async function writeOperation(
  tx: Tx | Db,
  lease: Lease,
  values: Partial<Pick<OperationRow, "status" | "error" | "finishedAt" | "attempts">>,
): Promise<void> {
  const ended = values.finishedAt != null;
  const updated = await tx
    .update(operation)
    .set({
      ...values,
      leaseExpiresAt: ended ? null : leaseEnd,
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

const upsertSteps = insertion(operationStep, {
  finish: (insert) =>
    insert.onConflictDoUpdate({
      target: [operationStep.operationId, operationStep.position],
      set: {
        status: sql`excluded.status`,
        result: sql`excluded.result`,
        detail: sql`excluded.detail`,
        error: sql`excluded.error`,
        startedAt: sql`excluded.started_at`,
        finishedAt: sql`excluded.finished_at`,
      },
    }),
});

/** Writes the steps as they stand, in one statement. */
export async function writeSteps(tx: Tx, steps: StepRow[]): Promise<void> {
  await upsertSteps(tx, ...steps);
}

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
      leaseExpiresAt: leaseEnd,
      fence: sql`${operation.fence} + 1`,
      attempts: sql`${operation.attempts} + 1`,
      startedAt: sql`coalesce(${operation.startedAt}, ${databaseNow})`,
    })
    .where(eq(operation.id, due))
    .returning({ id: operation.id, fence: operation.fence });
  const row = claimed[0];
  return row ? { operationId: row.id, owner, fence: row.fence } : null;
}
