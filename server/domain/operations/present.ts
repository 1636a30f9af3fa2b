import type { operation, operationStep } from "@/drizzle/control/schema/operations";
import { isSagaName, sagas, stepTitle } from "@/server/sagas/catalog";
import { isUnfinished } from "./names";

/** The slugs of an operation's environment. */
interface Place {
  organization: string;
  environment: string;
}

/** An operation as people see it: titles from the catalog, no input, no lease. */
export function presentOperation(
  row: typeof operation.$inferSelect,
  steps: (typeof operationStep.$inferSelect)[],
  place: Place | null,
) {
  return {
    ...presentHead(row),
    error: row.error,
    requestId: row.requestId,
    place,
    attempts: row.attempts,
    nextAttemptAt: isUnfinished(row.status) && row.leaseOwner === null ? new Date(row.runAfter) : null,
    steps: steps.map((step) => ({
      name: step.name,
      title: stepTitle(row.saga, step.name),
      status: step.status,
      detail: step.detail,
      error: step.error,
      startedAt: step.startedAt,
      finishedAt: step.finishedAt,
    })),
  };
}

export function presentHead(row: typeof operation.$inferSelect) {
  return {
    id: row.id,
    saga: row.saga,
    title: isSagaName(row.saga) ? sagas[row.saga].title : row.saga,
    status: row.status,
    subject: row.subject,
    environmentId: row.environmentId,
    organizationId: row.organizationId,
    actor: row.actorLabel,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}
