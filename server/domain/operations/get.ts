import { and, asc, eq } from "drizzle-orm";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { placeOf, visibleTo } from "./internal";
import { presentOperation } from "./present";
import type { OperationRef } from "./schema";

/**
 * The operation with its steps, for an operator, an admin of its organization, or a member
 * of its environment; `not_found` for anyone else.
 */
export async function getOperation(ctx: UserContext, input: OperationRef) {
  const [rows, steps, places] = await ctx.db.batch([
    ctx.db
      .select()
      .from(operation)
      .where(and(eq(operation.id, input.operation), visibleTo(ctx))),
    ctx.db
      .select()
      .from(operationStep)
      .where(eq(operationStep.operationId, input.operation))
      .orderBy(asc(operationStep.position)),
    placeOf(ctx, input.operation),
  ]);
  const row = rows[0];
  if (!row) throw new DomainError("not_found", "There is no such operation.");
  return presentOperation(row, steps, places[0] ?? null);
}
