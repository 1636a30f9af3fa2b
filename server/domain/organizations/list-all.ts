import { and, eq, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { oneEach, readSortedPage } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { matchingOrganizations } from "./matching";
import type { ListOrganizations } from "./schema";

/** One page of all organizations, with how many environments and members each has. Operators only. */
export async function listAllOrganizations(ctx: UserContext, input: ListOrganizations) {
  requireOperator(ctx);
  const { columns, page, filter } = matchingOrganizations(input);
  const rows = ctx.db
    .select({
      ...columns,
      // As conditions, so that the columns keep the names of their tables inside the subquery.
      environments: sql<number>`(select count(*) from ${environment} where ${eq(environment.organizationId, organization.id)})`,
      members: sql<number>`(select count(*) from ${member} where ${eq(member.organizationId, organization.id)})`,
    })
    .from(organization)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db.select(oneEach).from(organization).where(filter);
  return readSortedPage(ctx.db, page, { rows, matching });
}
