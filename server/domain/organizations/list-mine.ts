import { and, eq, or, sql } from "drizzle-orm";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import type { UserContext } from "@/server/kernel/context";
import type { ListOrganizations } from "./schema";

/** One page of the organizations that the caller belongs to, with the caller's role in each. */
export async function listMyOrganizations(ctx: UserContext, input: ListOrganizations) {
  const sort = input.sort === "name" ? sql`lower(${organization.name})` : sql`${organization.createdAt}`;
  const page = keyset(sort, sql`${organization.id}`, input);
  const filter = and(
    eq(member.userId, ctx.user.id),
    input.tier ? eq(organization.tier, input.tier) : undefined,
    input.search
      ? or(
          containing(sql`lower(${organization.name})`, input.search),
          containing(sql`${organization.slug}`, input.search),
        )
      : undefined,
  );
  const { id, slug, name, tier, region, createdAt } = organization;
  const rows = ctx.db
    .select({
      id,
      slug,
      name,
      tier,
      region,
      createdAt,
      role: member.role,
      key: sql<string | number>`${sort}`.as("key"),
    })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(filter);
  const result = await readPage(ctx.db, page, { rows, matching, keyOf: (row) => [row.key, row.id] });
  return { ...result, items: result.items.map(({ key: _, ...row }) => row) };
}
