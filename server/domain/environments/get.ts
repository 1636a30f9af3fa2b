import { and, desc, eq } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { cluster } from "@/drizzle/control/schema/clusters";
import { pool } from "@/drizzle/control/schema/pools";
import { operation } from "@/drizzle/control/schema/operations";
import { readRecoveryDays, selectRecoveryDays } from "@/server/domain/settings/recovery-days";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { DatabaseRow } from "./home";
import type { EnvironmentStatus } from "./names";

/** What brought an environment to rest or to its end. */
const turns: Partial<Record<EnvironmentStatus, string>> = {
  suspended: "environment.suspend",
  archived: "environment.archive",
  failed: "environment.fail",
  deleted: "environment.delete",
  deleting: "environment.delete",
};

/** The environment with its placement, its newest operation and who brought it out of service, in one round trip. */
export async function getEnvironment(ctx: EnvironmentContext) {
  requireEnvironment(ctx, "environment.read");
  const [rows, operations, changes, days] = await ctx.db.batch([
    ctx.db
      .select({
        environment,
        database: environmentDatabase,
        cluster: { slug: cluster.slug, name: cluster.name },
        pool: { id: pool.id, slug: pool.slug },
      })
      .from(environment)
      .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
      .innerJoin(cluster, eq(cluster.id, environmentDatabase.clusterId))
      .leftJoin(pool, eq(pool.id, environmentDatabase.poolId))
      .where(
        and(eq(environment.id, ctx.environment.id), eq(environment.organizationId, ctx.organization.id)),
      ),
    ctx.db
      .select({ id: operation.id, saga: operation.saga, status: operation.status })
      .from(operation)
      .where(eq(operation.environmentId, ctx.environment.id))
      .orderBy(desc(operation.createdAt))
      .limit(1),
    lastTurn(ctx),
    selectRecoveryDays(ctx.db),
  ]);
  const row = rows[0];
  if (!row) throw new DomainError("not_found", "There is no such environment.");
  const { environment: e, database: d, cluster: home, pool: shared } = row;
  return {
    id: e.id,
    organization: { id: ctx.organization.id, slug: ctx.organization.slug, name: ctx.organization.name },
    slug: e.slug,
    name: e.name,
    description: e.description,
    envType: e.envType,
    region: e.region,
    isDefault: e.isDefault,
    isProtected: e.isProtected,
    status: e.status,
    statusReason: e.statusReason,
    outOfService: changes[0] ?? null,
    hostname: e.hostname,
    createdAt: e.createdAt,
    purgeAt: e.purgeAt,
    recoveryDays: e.status === "failed" ? 0 : readRecoveryDays(days),
    updatedAt: e.updatedAt,
    role: ctx.environment.role,
    placement: { ...placementOf(d), cluster: home, pool: shared },
    lastOperation: operations[0] ?? null,
  };
}

function placementOf(d: DatabaseRow) {
  const { isolation, driver, region, databaseName, storageLimitMb, storageUsedBytes, rowLimit, rowCount } = d;
  const { placement: why, isOverLimit, lastAccessedAt, provisionedAt } = d;
  return {
    isolation,
    driver,
    region,
    why,
    databaseName,
    storageLimitMb,
    storageUsedBytes,
    rowLimit,
    rowCount,
    isOverLimit,
    lastAccessedAt,
    provisionedAt,
  };
}

/** A query for the entry that brought it out of service; empty while nothing did. */
function lastTurn(ctx: EnvironmentContext) {
  const action = turns[ctx.environment.status];
  return ctx.db
    .select({ at: auditEntry.at, actor: auditEntry.actorLabel })
    .from(auditEntry)
    .where(and(eq(auditEntry.environmentId, ctx.environment.id), eq(auditEntry.action, action ?? "")))
    .orderBy(desc(auditEntry.seq))
    .limit(action ? 1 : 0);
}
