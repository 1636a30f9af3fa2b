import { and, eq, or, sql, type SQL } from "drizzle-orm";
import { schemaPackage } from "@/drizzle/control/schema/packages";
import { containing, keyset, oneEach, readSortedPage } from "@/server/db/keyset";
import type { UserContext } from "@/server/kernel/context";
import type { ListPackages } from "./schema";

const sortKeys: Record<ListPackages["sort"], SQL> = {
  name: sql`${schemaPackage.name}`,
  updated: sql`${schemaPackage.updatedAt}`,
};

const newest = sql<string | null>`(
  select "v"."version" from "sys_package_version" "v"
  where "v"."package_id" = "sys_package"."id" and "v"."status" = 'published'
  order by "v"."sort_key" desc limit 1
)`;

const versions = sql<number>`(
  select count(*) from "sys_package_version" "v" where "v"."package_id" = "sys_package"."id"
)`;

const environments = sql<number>`(
  select count(*) from "sys_environment_package" "p" where "p"."package_id" = "sys_package"."id"
)`;

/** One page of the packages. How many environments have one is for operators. */
export async function listPackages(ctx: UserContext, input: ListPackages) {
  const sort = sortKeys[input.sort];
  const page = keyset(sort, sql`${schemaPackage.id}`, input);
  const filter = input.search
    ? or(
        containing(sql`${schemaPackage.name}`, input.search),
        containing(sql`${schemaPackage.ownerService}`, input.search),
      )
    : undefined;
  const rows = ctx.db
    .select({
      id: schemaPackage.id,
      name: schemaPackage.name,
      schema: schemaPackage.schema,
      ownerService: schemaPackage.ownerService,
      description: schemaPackage.description,
      newestVersion: newest,
      versionCount: versions,
      environmentCount: ctx.user.isOperator ? environments : sql<null>`null`,
      createdAt: schemaPackage.createdAt,
      updatedAt: schemaPackage.updatedAt,
      sortKey: sql<string | number>`${sort}`,
    })
    .from(schemaPackage)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(schemaPackage)
    .where(filter ?? eq(sql`1`, 1));
  return readSortedPage(ctx.db, page, { rows, matching });
}
