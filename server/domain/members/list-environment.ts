import { and, eq, or, sql } from "drizzle-orm";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { user } from "@/drizzle/control/schema/people";
import { containing, keyset, oneEach, readSortedPage } from "@/server/db/keyset";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import type { ListEnvironmentMembers } from "./schema";

/** One page of the environment's own members. Admins of the organization are env_admin without being listed. */
export async function listEnvironmentMembers(ctx: EnvironmentContext, input: ListEnvironmentMembers) {
  requireEnvironment(ctx, "environment.read");
  const sort = input.sort === "name" ? sql`lower(${user.name})` : sql`${environmentMember.createdAt}`;
  const page = keyset(sort, sql`${environmentMember.id}`, input);
  const filter = and(
    eq(environmentMember.environmentId, ctx.environment.id),
    input.role ? eq(environmentMember.role, input.role) : undefined,
    input.search
      ? or(containing(sql`${user.name}`, input.search), containing(sql`${user.email}`, input.search))
      : undefined,
  );
  const rows = ctx.db
    .select({
      id: environmentMember.id,
      userId: user.id,
      name: user.name,
      email: user.email,
      role: environmentMember.role,
      joinedAt: environmentMember.createdAt,
      sortKey: sql<string | number>`${sort}`,
    })
    .from(environmentMember)
    .innerJoin(user, eq(user.id, environmentMember.userId))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(environmentMember)
    .innerJoin(user, eq(user.id, environmentMember.userId))
    .where(filter);
  const result = await readSortedPage(ctx.db, page, { rows, matching });
  return {
    ...result,
    items: result.items.map((row) => ({ ...row, isMe: row.userId === ctx.user.id })),
  };
}
