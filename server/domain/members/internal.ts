import { and, eq } from "drizzle-orm";
import { member } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import type { Tx } from "@/server/db/client";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { OrganizationRole } from "@/server/kernel/roles";

/** The membership in the context's organization; throws `not_found`. */
export async function getMember(tx: Tx, ctx: OrganizationContext, userId: string) {
  const [row] = await tx
    .select({ id: member.id, userId: member.userId, role: member.role, email: user.email })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, ctx.organization.id), eq(member.userId, userId)));
  if (!row) throw new DomainError("not_found", "There is no such member.");
  return row;
}

/** Owners are made, demoted and removed by owners alone. */
export function requireManage(ctx: OrganizationContext, ...roles: OrganizationRole[]): void {
  requireOrganization(ctx, "member.manage");
  if (roles.includes("owner")) requireOrganization(ctx, "member.manage_owner");
}
