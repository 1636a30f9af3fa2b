import { and, eq, or, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import type { ListOrganizations } from "./schema";

/** One page of all organizations, with how many environments and members each has. Operators only. */
export async function listAllOrganizations(ctx: UserContext, input: ListOrganizations) {
  requireOperator(ctx);
  const sort = input.sort === "name" ? sql`lower(${organization.name})` : sql`${organization.createdAt}`;
  const page = keyset(sort, sql`${organization.id}`, input);
  const filter = and(
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
      // As conditions, so that the columns keep the names of their tables inside the subquery.
      environments: sql<number>`(select count(*) from ${environment} where ${eq(environment.organizationId, organization.id)})`,
      members: sql<number>`(select count(*) from ${member} where ${eq(member.organizationId, organization.id)})`,
      key: sql<string | number>`${sort}`.as("key"),
    })
    .from(organization)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db.select(oneEach).from(organization).where(filter);
  const result = await readPage(ctx.db, page, { rows, matching, keyOf: (row) => [row.key, row.id] });
  return { ...result, items: result.items.map(({ key: _, ...row }) => row) };
}
