import { and, eq, inArray, isNotNull, or, sql, type SQL } from "drizzle-orm";
import { environment, environmentMember } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { member, organization } from "@/drizzle/control/schema/organizations";
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
    ctx.db
      .select({ id: environmentMember.environmentId })
      .from(environmentMember)
      .where(eq(environmentMember.userId, ctx.user.id)),
  );
  return or(asAdmin, asMember);
}

/** A query for the slugs of the operation's environment; empty when it is gone or the caller does not belong to it. */
export function placeOf(ctx: UserContext, operationId: string) {
  return ctx.db
    .select({ organization: organization.slug, environment: environment.slug })
    .from(operation)
    .innerJoin(environment, eq(environment.id, operation.environmentId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .innerJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, ctx.user.id)))
    .leftJoin(
      environmentMember,
      and(eq(environmentMember.environmentId, environment.id), eq(environmentMember.userId, ctx.user.id)),
    )
    .where(
      and(
        eq(operation.id, operationId),
        or(sql`${member.role} in ('owner', 'admin')`, isNotNull(environmentMember.id)),
      ),
    );
}
