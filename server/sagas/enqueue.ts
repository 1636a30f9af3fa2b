import { operation, operationStep } from "@/drizzle/control/schema/operations";
import type { Tx } from "@/server/db/client";
import { insertion } from "@/server/db/prepared";
import { onCommit } from "@/server/db/transaction";
import type { BaseContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { sagas, type SagaInput, type SagaName } from "./catalog";
import { databaseNow } from "@/server/db/clock";
import { inlineWorker } from "./inline-worker";
import { leaseEnd, type StepRow } from "./journal";

const insertQueued = insertion(operation, { fixed: { runAfter: databaseNow } });
const insertTaken = insertion(operation, { fixed: { runAfter: databaseNow, leaseExpiresAt: leaseEnd } });
const insertSteps = insertion(operationStep);

export interface Order<Name extends SagaName> {
  input: SagaInput<Name>;
  /** What it is done to, in words that stay readable when the thing is gone. */
  subject: string;
  organizationId?: string;
  environmentId?: string;
  /**
   * Of the unfinished operations, one has this key; the second is a violation of the unique
   * index. The environment's id unless said otherwise; null: any number at once.
   */
  lockKey?: string | null;
}

/**
 * Records an operation in the caller's transaction, so that the work is promised exactly
 * when the change that asks for it is. A worker of this process with a free hand gets it
 * with its lease already taken, which saves a commit; any other worker finds it by polling.
 */
export async function enqueue<Name extends SagaName>(
  tx: Tx,
  ctx: BaseContext,
  saga: Name,
  order: Order<Name>,
): Promise<{ id: string }> {
  const id = newId();
  const worker = inlineWorker();
  const taken = worker?.reserve() ?? false;
  const createdAt = new Date();
  const row = {
    id,
    saga,
    status: taken ? "running" : "queued",
    organizationId: order.organizationId ?? null,
    environmentId: order.environmentId ?? null,
    subject: order.subject,
    lockKey: order.lockKey === undefined ? (order.environmentId ?? null) : order.lockKey,
    input: order.input,
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    actorLabel: ctx.actor.label,
    requestId: ctx.requestId,
    attempts: taken ? 1 : 0,
    error: null,
    leaseOwner: taken && worker ? worker.owner : null,
    fence: taken ? 1 : 0,
    createdAt,
    startedAt: taken ? createdAt : null,
    finishedAt: null,
  } as const;
  const steps = sagas[saga].steps.map(({ name }, position) => newStep(id, position, name));
  await (taken ? insertTaken : insertQueued)(tx, row);
  await insertSteps(tx, ...steps);
  if (worker) onCommit(tx, () => (taken ? worker.start({ row, steps }) : worker.wake()));
  return { id };
}

function newStep(operationId: string, position: number, name: string): StepRow {
  return {
    operationId,
    position,
    name,
    status: "pending",
    result: null,
    detail: null,
    error: null,
    startedAt: null,
    finishedAt: null,
  };
}
