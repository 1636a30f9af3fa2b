import { and, asc, count, desc, eq, gte, sql, sum } from "drizzle-orm";
import { z } from "zod";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { finding } from "@/drizzle/control/schema/findings";
import { operation } from "@/drizzle/control/schema/operations";
import { organization } from "@/drizzle/control/schema/organizations";
import { setting } from "@/drizzle/control/schema/settings";
import type { ClusterState } from "@/server/domain/clusters/names";
import type { EnvironmentStatus } from "@/server/domain/environments/names";
import type { FindingKind } from "@/server/domain/findings/names";
import { presentHead } from "@/server/domain/operations/present";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";

const day = 24 * 3600 * 1000;
/** As many clusters as the overview lists; the others are on their own page. */
const mostClusters = 8;
const LastCheck = z.object({ at: z.iso.datetime() });

/**
 * What there is and how it does, in one round trip: how many organizations, environments by
 * status, clusters by state and the fullest of them, databases and their bytes, operations of
 * the last 24 hours, findings by kind, and the newest failures. Operators only.
 */
export async function getFleetOverview(ctx: UserContext) {
  requireOperator(ctx);
  const since = new Date(Date.now() - day);
  const failedSince = and(eq(operation.status, "failed"), gte(operation.finishedAt, since));
  const [
    organizations,
    fresh,
    environments,
    databases,
    running,
    failed,
    failures,
    findings,
    settings,
    states,
    clusters,
  ] = await ctx.db.batch([
    ctx.db.select({ total: count() }).from(organization),
    ctx.db.select({ total: count() }).from(organization).where(gte(organization.createdAt, since)),
    ctx.db
      .select({ status: environment.status, total: count() })
      .from(environment)
      .groupBy(environment.status),
    ctx.db
      .select({ total: count(), bytes: sum(environmentDatabase.storageUsedBytes).mapWith(Number) })
      .from(environmentDatabase),
    ctx.db
      .select({ total: count() })
      .from(operation)
      .where(sql`${operation.status} in ('queued', 'running', 'undoing')`),
    ctx.db.select({ total: count() }).from(operation).where(failedSince),
    ctx.db.select().from(operation).where(failedSince).orderBy(desc(operation.createdAt)).limit(5),
    ctx.db.select({ kind: finding.kind, total: count() }).from(finding).groupBy(finding.kind),
    ctx.db.select().from(setting).where(eq(setting.key, "last_reconciliation")),
    ctx.db.select({ state: cluster.state, total: count() }).from(cluster).groupBy(cluster.state),
    fullestClusters(ctx),
  ]);
  const checked = LastCheck.safeParse(settings[0]?.value);
  return {
    organizations: { total: organizations[0]?.total ?? 0, fresh: fresh[0]?.total ?? 0 },
    environments: tally<EnvironmentStatus>(environments.map((row) => [row.status, row.total])),
    clusters: {
      ...tally<ClusterState>(states.map((row) => [row.state, row.total])),
      fullest: clusters,
    },
    databases: { total: databases[0]?.total ?? 0, bytes: databases[0]?.bytes ?? 0 },
    operations: { running: running[0]?.total ?? 0, failed: failed[0]?.total ?? 0 },
    failures: failures.map((row) => ({ ...presentHead(row), error: row.error })),
    findings: {
      ...tally<FindingKind>(findings.map((row) => [row.kind, row.total])),
      checkedAt: checked.success ? new Date(checked.data.at) : null,
    },
  };
}

/** Those that need a look before those that hold most. */
function fullestClusters(ctx: UserContext) {
  const { id, name, slug, driver, region, state, capacity, databaseCount } = cluster;
  return ctx.db
    .select({ id, name, slug, driver, region, state, capacity, databaseCount })
    .from(cluster)
    .orderBy(
      asc(sql`case ${state} when 'offline' then 0 else 1 end`),
      desc(sql`coalesce(${databaseCount} * 1.0 / nullif(${capacity}, 0), 0)`),
      desc(databaseCount),
      asc(slug),
    )
    .limit(mostClusters);
}

function tally<Key extends string>(counts: readonly (readonly [Key, number])[]) {
  return {
    total: counts.reduce((sum, [, total]) => sum + total, 0),
    by: Object.fromEntries(counts) as Partial<Record<Key, number>>,
  };
}
