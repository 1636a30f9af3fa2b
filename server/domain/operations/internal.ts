import { and, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { member } from "@/drizzle/control/schema/organizations";
import type { UserContext } from "@/server/kernel/context";

/** The operations of organizations that the caller administers and of environments that the caller belongs to; operators see all. */
export function visibleTo(ctx: UserContext): SQL | undefined {
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
