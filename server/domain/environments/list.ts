import { and, eq, or, sql, type SQL } from "drizzle-orm";
import { environment, environmentDatabase, environmentMember } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { containing, keyset, oneEach, readPage, type Page } from "@/server/db/keyset";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { organizationRoleMay } from "@/server/kernel/roles";
import { isSagaName, sagas } from "@/server/sagas/catalog";
import type { ListEnvironments } from "./schema";

const sortKeys: Record<ListEnvironments["sort"], SQL> = {
  name: sql`lower(${environment.name})`,
  created: sql`${environment.createdAt}`,
  status: sql`${environment.status}`,
  type: sql`${environment.envType}`,
  default: sql`(1 - ${environment.isDefault}) || lower(${environment.name})`,
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
  purgeAt: environment.purgeAt,
  driver: environmentDatabase.driver,
  isolation: environmentDatabase.isolation,
  storageUsedBytes: environmentDatabase.storageUsedBytes,
  storageLimitMb: environmentDatabase.storageLimitMb,
  rowCount: environmentDatabase.rowCount,
  rowLimit: environmentDatabase.rowLimit,
  lastOperation: {
    id: operation.id,
    saga: operation.saga,
    status: operation.status,
    createdAt: operation.createdAt,
    finishedAt: operation.finishedAt,
  },
};

const isNewestOperation = sql`${operation.id} = (
  select "newest"."id" from "sys_operation" "newest"
  where "newest"."environment_id" = ${environment.id}
  order by "newest"."created_at" desc limit 1
)`;

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
      ? or(
          containing(sql`lower(${environment.name})`, input.search),
          containing(sql`${environment.slug}`, input.search),
        )
      : undefined,
    seesAll(ctx) ? undefined : belongsTo(ctx),
  );
  const rows = ctx.db
    .select({ ...columns, sortKey: sql<string | number>`${sort}` })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .leftJoin(operation, isNewestOperation)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db.select(oneEach).from(environment).where(filter);
  return present(await readPage(ctx.db, page, { rows, matching, keyOf: (row) => [row.sortKey, row.id] }));
}

const seesAll = (ctx: OrganizationContext) =>
  organizationRoleMay(ctx.organization.role, "environment.create");

function belongsTo(ctx: OrganizationContext): SQL {
  return sql`exists (select 1 from ${environmentMember} where ${environmentMember.environmentId} = ${environment.id} and ${environmentMember.userId} = ${ctx.user.id})`;
}

function present<Last extends { saga: string }, Row extends { sortKey: unknown; lastOperation: Last | null }>(
  page: Page<Row & { lastOperation: Last | null }>,
) {
  return {
    ...page,
    items: page.items.map(({ sortKey: _, lastOperation, ...row }) => ({
      ...row,
      lastOperation: lastOperation && titled(lastOperation),
    })),
  };
}

function titled<Last extends { saga: string }>(last: Last) {
  return { ...last, title: isSagaName(last.saga) ? sagas[last.saga].title : last.saga };
}
