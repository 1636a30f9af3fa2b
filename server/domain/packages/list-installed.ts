import { and, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import type { ListInstalled } from "./schema";

const desired = alias(packageVersion, "desired");
const observed = alias(packageVersion, "observed");

const newest = sql<string | null>`(
  select "v"."version" from "sys_package_version" "v"
  where "v"."package_id" = ${schemaPackage.id} and "v"."status" = 'published'
  order by "v"."sort_key" desc limit 1
)`;

const operationId = sql<string | null>`(
  select "o"."id" from "sys_operation" "o"
  where "o"."lock_key" = 'package:' || ${environmentPackage.environmentId} || ':' || ${environmentPackage.packageId}
    and "o"."status" in ('queued', 'running', 'undoing')
)`;

/** One page of the packages that the environment has, or is to have. */
export async function listInstalled(ctx: EnvironmentContext, input: ListInstalled) {
  requireEnvironment(ctx, "package.read");
  const page = keyset(sql`${schemaPackage.name}`, sql`${schemaPackage.id}`, input);
  const filter = and(
    eq(environmentPackage.environmentId, ctx.environment.id),
    input.search ? containing(sql`${schemaPackage.name}`, input.search) : undefined,
  );
  const rows = ctx.db
    .select({
      id: schemaPackage.id,
      package: schemaPackage.name,
      schema: schemaPackage.schema,
      ownerService: schemaPackage.ownerService,
      status: environmentPackage.status,
      desiredVersion: desired.version,
      observedVersion: observed.version,
      newestVersion: newest,
      problem: environmentPackage.problem,
      operationId,
      observedAt: environmentPackage.observedAt,
      updatedAt: environmentPackage.updatedAt,
    })
    .from(environmentPackage)
    .innerJoin(schemaPackage, eq(schemaPackage.id, environmentPackage.packageId))
    .innerJoin(desired, eq(desired.id, environmentPackage.desiredVersionId))
    .leftJoin(observed, eq(observed.id, environmentPackage.observedVersionId))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(environmentPackage)
    .innerJoin(schemaPackage, eq(schemaPackage.id, environmentPackage.packageId))
    .where(filter);
  return readPage(ctx.db, page, { rows, matching, keyOf: (row) => [row.package, row.id] });
}
