import type { UserContext } from "@/server/kernel/context";
import { nextMove } from "@/server/kernel/announce";
import { getOperation } from "./get";
import { isUnfinished } from "./names";
import type { OperationRef } from "./schema";

const pollMs = 1000;

/**
 * Yields the operation each time it has moved, until it has ended or `signal` aborts.
 * Access is checked anew each time. A worker elsewhere is noticed within a second.
 */
export async function* watchOperation(ctx: UserContext, input: OperationRef, signal: AbortSignal) {
  let last = "";
  while (!signal.aborted) {
    const operation = await getOperation(ctx, input);
    const seen = JSON.stringify(operation);
    if (seen !== last) yield operation;
    last = seen;
    if (!isUnfinished(operation.status)) return;
    await nextMove(input.operation, pollMs, signal);
  }
}
