import { and, eq, sql } from "drizzle-orm";
import { alias, unionAll } from "drizzle-orm/sqlite-core";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { environmentPackage, poolPackage } from "@/drizzle/control/schema/installations";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import type { Db } from "@/server/db/client";
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

/** One page of the packages that the environment has, or is to have: its own, or those of its pool. */
export async function listInstalled(ctx: EnvironmentContext, input: ListInstalled) {
  requireEnvironment(ctx, "package.read");
  const page = keyset(sql`${schemaPackage.name}`, sql`${schemaPackage.id}`, input);
  const standing = standingOf(ctx.db, ctx.environment.id);
  const filter = input.search ? containing(sql`${schemaPackage.name}`, input.search) : undefined;
  const operationId = sql<string | null>`(
    select "o"."id" from "sys_operation" "o"
    where "o"."lock_key" = ${standing.lock} and "o"."status" in ('queued', 'running', 'undoing')
  )`;
  const rows = ctx.db
    .select({
      id: schemaPackage.id,
      package: schemaPackage.name,
      schema: schemaPackage.schema,
      ownerService: schemaPackage.ownerService,
      status: standing.status,
      desiredVersion: desired.version,
      observedVersion: observed.version,
      newestVersion: newest,
      problem: standing.problem,
      operationId,
      observedAt: standing.observedAt,
      updatedAt: standing.updatedAt,
    })
    .from(standing)
    .innerJoin(schemaPackage, eq(schemaPackage.id, standing.packageId))
    .innerJoin(desired, eq(desired.id, standing.desiredVersionId))
    .leftJoin(observed, eq(observed.id, standing.observedVersionId))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(standing)
    .innerJoin(schemaPackage, eq(schemaPackage.id, standing.packageId))
    .where(filter);
  return readPage(ctx.db, page, { rows, matching, keyOf: (row) => [row.package, row.id] });
}

const columnsOf = (table: typeof environmentPackage | typeof poolPackage) => ({
  packageId: table.packageId,
  desiredVersionId: table.desiredVersionId,
  observedVersionId: table.observedVersionId,
  status: table.status,
  problem: table.problem,
  observedAt: table.observedAt,
  updatedAt: table.updatedAt,
});

const lockOf = (place: unknown, packageId: unknown) =>
  sql<string>`'package:' || ${place} || ':' || ${packageId}`.as("lock");

function standingOf(db: Db, environmentId: string) {
  const own = db
    .select({
      ...columnsOf(environmentPackage),
      lock: lockOf(environmentPackage.environmentId, environmentPackage.packageId),
    })
    .from(environmentPackage)
    .where(eq(environmentPackage.environmentId, environmentId));
  const ofPool = db
    .select({ ...columnsOf(poolPackage), lock: lockOf(poolPackage.poolId, poolPackage.packageId) })
    .from(environmentDatabase)
    .innerJoin(poolPackage, eq(poolPackage.poolId, environmentDatabase.poolId))
    .where(eq(environmentDatabase.environmentId, environmentId));
  return unionAll(own, ofPool).as("standing");
}
