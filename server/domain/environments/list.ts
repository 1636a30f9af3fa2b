import { and, eq, or, sql, type SQL } from "drizzle-orm";
import { environment, environmentDatabase, environmentMember } from "@/drizzle/control/schema/environments";
import { containing, countLimit, keyset, type Page } from "@/server/db/keyset";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { organizationRoleMay } from "@/server/kernel/roles";
import type { ListEnvironments } from "./schema";

const sortKeys: Record<ListEnvironments["sort"], SQL> = {
  name: sql`lower(${environment.name})`,
  created: sql`${environment.createdAt}`,
  status: sql`${environment.status}`,
  type: sql`${environment.envType}`,
};

const columns = {
  id: environment.id,
  slug: environment.slug,
  name: environment.name,
  envType: environment.envType,
  status: environment.status,
  region: environment.region,
  isDefault: environment.isDefault,
  isProtected: environment.isProtected,
  hostname: environment.hostname,
  createdAt: environment.createdAt,
  driver: environmentDatabase.driver,
  isolation: environmentDatabase.isolation,
  storageUsedBytes: environmentDatabase.storageUsedBytes,
};

/** One page of the organization's environments: all for its admins, for others those they belong to. */
export async function listEnvironments(ctx: OrganizationContext, input: ListEnvironments) {
  requireOrganization(ctx, "organization.read");
  const sort = sortKeys[input.sort];
  const page = keyset(sort, sql`${environment.id}`, input);
  const filter = and(
    eq(environment.organizationId, ctx.organization.id),
    input.type ? eq(environment.envType, input.type) : undefined,
    input.status ? eq(environment.status, input.status) : undefined,
    input.search
      ? or(containing(sql`lower(${environment.name})`, input.search), containing(sql`${environment.slug}`, input.search))
      : undefined,
    seesAll(ctx) ? undefined : belongsTo(ctx),
  );
  const [rows, counted] = await ctx.db.batch([
    ctx.db
      .select({ ...columns, sortKey: sql<string | number>`${sort}` })
      .from(environment)
      .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    ctx.db
      .select({ total: sql<number>`count(*)` })
      .from(ctx.db.select({ one: sql`1`.as("one") }).from(environment).where(filter).limit(countLimit + 1).as("counted")),
  ]);
  return withoutSortKeys(page.page(rows, (row) => [row.sortKey, row.id], counted[0]?.total ?? 0));
}

const seesAll = (ctx: OrganizationContext) => organizationRoleMay(ctx.organization.role, "environment.create");

function belongsTo(ctx: OrganizationContext): SQL {
  return sql`exists (select 1 from ${environmentMember} where ${environmentMember.environmentId} = ${environment.id} and ${environmentMember.userId} = ${ctx.user.id})`;
}

function withoutSortKeys<Row extends { sortKey: unknown }>(page: Page<Row>): Page<Omit<Row, "sortKey">> {
  return { ...page, items: page.items.map(({ sortKey: _, ...row }) => row) };
}
