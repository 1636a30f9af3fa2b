import { and, count, eq, sql, sum } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { poolPackage } from "@/drizzle/control/schema/installations";
import { operation } from "@/drizzle/control/schema/operations";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import { pool } from "@/drizzle/control/schema/pools";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { presentPool } from "./present";
import type { PoolRef } from "./schema";

const isOpen = sql`${operation.status} in ('queued', 'running', 'undoing')`;

/** A pool with its load, its packages and what is under way in it, in one round trip. Operators only. */
export async function getPool(ctx: UserContext, input: PoolRef) {
  requireOperator(ctx);
  const [rows, load, packages, operations] = await ctx.db.batch([
    ctx.db
      .select({
        pool,
        cluster: { id: cluster.id, slug: cluster.slug, name: cluster.name, region: cluster.region },
      })
      .from(pool)
      .innerJoin(cluster, eq(cluster.id, pool.clusterId))
      .where(eq(pool.id, input.pool)),
    ctx.db
      .select({
        status: environment.status,
        total: count(),
        bytes: sum(environmentDatabase.storageUsedBytes).mapWith(Number),
      })
      .from(environmentDatabase)
      .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
      .where(eq(environmentDatabase.poolId, input.pool))
      .groupBy(environment.status),
    packagesOf(ctx, input.pool),
    ctx.db
      .select({ id: operation.id })
      .from(operation)
      .where(and(eq(operation.lockKey, input.pool), isOpen)),
  ]);
  const row = rows[0];
  if (!row) throw new DomainError("not_found", "There is no such pool.");
  return {
    ...presentPool(row.pool),
    cluster: row.cluster,
    storageUsedBytes: load.reduce((total, { bytes }) => total + bytes, 0),
    byStatus: Object.fromEntries(load.map(({ status, total }) => [status, total])),
    packages,
    operation: operations[0] ?? null,
  };
}

function packagesOf(ctx: UserContext, id: string) {
  const desired = alias(packageVersion, "desired");
  const observed = alias(packageVersion, "observed");
  const { status, problem, observedAt } = poolPackage;
  return ctx.db
    .select({
      name: schemaPackage.name,
      desired: desired.version,
      observed: observed.version,
      status,
      problem,
      observedAt,
      operationId: operation.id,
    })
    .from(poolPackage)
    .innerJoin(schemaPackage, eq(schemaPackage.id, poolPackage.packageId))
    .innerJoin(desired, eq(desired.id, poolPackage.desiredVersionId))
    .leftJoin(observed, eq(observed.id, poolPackage.observedVersionId))
    .leftJoin(
      operation,
      and(
        eq(operation.lockKey, sql`'package:' || ${poolPackage.poolId} || ':' || ${poolPackage.packageId}`),
        isOpen,
      ),
    )
    .where(eq(poolPackage.poolId, id))
    .orderBy(schemaPackage.name);
}
