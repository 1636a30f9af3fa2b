import { and, eq, or, sql } from "drizzle-orm";
import { member } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import { containing, keyset, oneEach, readSortedPage } from "@/server/db/keyset";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import type { ListMembers } from "./schema";

/** One page of the organization's members. */
export async function listMembers(ctx: OrganizationContext, input: ListMembers) {
  requireOrganization(ctx, "member.read");
  const sort = input.sort === "name" ? sql`lower(${user.name})` : sql`${member.createdAt}`;
  const page = keyset(sort, sql`${member.id}`, input);
  const filter = and(
    eq(member.organizationId, ctx.organization.id),
    input.role ? eq(member.role, input.role) : undefined,
    input.search
      ? or(containing(sql`${user.name}`, input.search), containing(sql`${user.email}`, input.search))
      : undefined,
  );
  const rows = ctx.db
    .select({
      id: member.id,
      userId: user.id,
      name: user.name,
      email: user.email,
      role: member.role,
      joinedAt: member.createdAt,
      sortKey: sql<string | number>`${sort}`,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(filter);
  const result = await readSortedPage(ctx.db, page, { rows, matching });
  return {
    ...result,
    items: result.items.map((row) => ({ ...row, isMe: row.userId === ctx.user.id })),
  };
}
