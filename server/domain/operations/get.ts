import { and, asc, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import { member } from "@/drizzle/control/schema/organizations";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { presentOperation } from "./present";
import type { OperationRef } from "./schema";

/**
 * The operation with its steps, for an operator, an admin of its organization, or a member
 * of its environment; `not_found` for anyone else.
 */
export async function getOperation(ctx: UserContext, input: OperationRef) {
  const [rows, steps] = await ctx.db.batch([
    ctx.db.select().from(operation).where(and(eq(operation.id, input.operation), visibleTo(ctx))),
    ctx.db.select().from(operationStep).where(eq(operationStep.operationId, input.operation)).orderBy(asc(operationStep.position)),
  ]);
  const row = rows[0];
  if (!row) throw new DomainError("not_found", "There is no such operation.");
  return presentOperation(row, steps);
}

function visibleTo(ctx: UserContext): SQL | undefined {
  if (ctx.user.isOperator) return undefined;
  const asAdmin = inArray(
    operation.organizationId,
    ctx.db
      .select({ id: member.organizationId })
      .from(member)
      .where(and(eq(member.userId, ctx.user.id), sql`${member.role} in ('owner', 'admin')`)),
  );
  const asMember = inArray(
    operation.environmentId,
    ctx.db.select({ id: environmentMember.environmentId }).from(environmentMember).where(eq(environmentMember.userId, ctx.user.id)),
  );
  return or(asAdmin, asMember);
}
