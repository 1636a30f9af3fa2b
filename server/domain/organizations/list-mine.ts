import { and, eq } from "drizzle-orm";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { oneEach, readSortedPage } from "@/server/db/keyset";
import type { UserContext } from "@/server/kernel/context";
import { matchingOrganizations } from "./matching";
import type { ListOrganizations } from "./schema";

/** One page of the organizations that the caller belongs to, with the caller's role in each. */
export async function listMyOrganizations(ctx: UserContext, input: ListOrganizations) {
  const { columns, page, filter } = matchingOrganizations(input);
  const own = and(eq(member.userId, ctx.user.id), filter);
  const rows = ctx.db
    .select({
      ...columns,
      role: member.role,
    })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(and(own, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(own);
  return readSortedPage(ctx.db, page, { rows, matching });
}
