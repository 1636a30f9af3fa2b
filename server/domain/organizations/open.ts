import { and, eq } from "drizzle-orm";
import { member, organization } from "@/drizzle/control/schema/organizations";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { isUuid, organizationId } from "@/server/kernel/ids";
import { once } from "@/server/kernel/once";

/**
 * Proves the caller's membership, once per request, and mints the organization's id; `not_found`
 * for an organization that does not exist and for one that the caller does not belong to.
 */
export async function openOrganization(ctx: UserContext, slugOrId: string): Promise<OrganizationContext> {
  return once(ctx.opened?.organizations, slugOrId, () => open(ctx, slugOrId));
}

async function open(ctx: UserContext, slugOrId: string): Promise<OrganizationContext> {
  const column = isUuid(slugOrId) ? organization.id : organization.slug;
  const { id, slug, name, tier, region, residency } = organization;
  const [row] = await ctx.db
    .select({ id, slug, name, tier, region, residency, role: member.role })
    .from(organization)
    .innerJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, ctx.user.id)))
    .where(eq(column, slugOrId));
  if (!row)
    throw new DomainError("not_found", "There is no such organization, or you are not a member of it.");
  return { ...ctx, organization: { ...row, id: organizationId(row.id) } };
}
