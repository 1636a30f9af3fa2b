import { and, count, eq, sql, sum } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { presentCluster } from "./present";
import type { ClusterRef } from "./schema";

/**
 * A cluster with its load (environments by status and their bytes) and the test that is under
 * way, in one round trip. Operators only.
 */
export async function getCluster(ctx: UserContext, input: ClusterRef) {
  requireOperator(ctx);
  const [rows, load, tests] = await ctx.db.batch([
    ctx.db.select().from(cluster).where(eq(cluster.id, input.cluster)),
    ctx.db
      .select({
        status: environment.status,
        total: count(),
        bytes: sum(environmentDatabase.storageUsedBytes).mapWith(Number),
      })
      .from(environmentDatabase)
      .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
      .where(eq(environmentDatabase.clusterId, input.cluster))
      .groupBy(environment.status),
    ctx.db
      .select({ id: operation.id })
      .from(operation)
      .where(
        and(
          eq(operation.lockKey, input.cluster),
          sql`${operation.status} in ('queued', 'running', 'undoing')`,
        ),
      ),
  ]);
  const row = rows[0];
  if (!row) throw new DomainError("not_found", "There is no such cluster.");
  return {
    ...presentCluster(row),
    storageUsedBytes: load.reduce((total, { bytes }) => total + bytes, 0),
    byStatus: Object.fromEntries(load.map(({ status, total }) => [status, total])),
    operation: tests[0] ?? null,
  };
}
