import { and, eq, inArray, sql } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { poolPackage } from "@/drizzle/control/schema/installations";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { aboutPool } from "./internal";

interface Order {
  poolId: string;
  packageId: string;
  versionId: string;
}

const isPlace = ({ poolId, packageId }: Order) =>
  and(eq(poolPackage.poolId, poolId), eq(poolPackage.packageId, packageId));

/** The pool has the release: the services of all of its tenants hear of it. */
export async function recordInstalledInPool(tx: Tx, ctx: BaseContext, order: Order): Promise<void> {
  const now = new Date();
  const values = { observedVersionId: order.versionId, status: "installed", problem: "" } as const;
  await tx
    .update(poolPackage)
    .set({ ...values, observedAt: now, updatedAt: now })
    .where(isPlace(order));
  const tenants = tx
    .select({ id: environmentDatabase.environmentId })
    .from(environmentDatabase)
    .where(eq(environmentDatabase.poolId, order.poolId));
  await tx
    .update(environment)
    .set({ epoch: sql`${environment.epoch} + 1` })
    .where(inArray(environment.id, tenants));
  await append(tx, ctx, order, { action: "pool.install", detail: {} });
}

/** What was observed before stays observed. */
export async function recordFailedInPool(
  tx: Tx,
  ctx: BaseContext,
  order: Order,
  reason: string,
): Promise<void> {
  await tx
    .update(poolPackage)
    .set({ status: "failed", problem: reason, updatedAt: new Date() })
    .where(isPlace(order));
  await append(tx, ctx, order, { action: "pool.fail_install", detail: { reason } });
}

async function append(
  tx: Tx,
  ctx: BaseContext,
  { poolId, versionId }: Order,
  { action, detail }: { action: string; detail: Record<string, unknown> },
): Promise<void> {
  const [version] = await tx
    .select({ name: schemaPackage.name, version: packageVersion.version })
    .from(packageVersion)
    .innerJoin(schemaPackage, eq(schemaPackage.id, packageVersion.packageId))
    .where(eq(packageVersion.id, versionId));
  const [row] = await tx.select({ id: pool.id, slug: pool.slug }).from(pool).where(eq(pool.id, poolId));
  // The pool may be gone by now, and its packages with it.
  if (!version || !row) return;
  await appendAudit(tx, ctx, {
    ...aboutPool(row),
    action,
    detail: { package: version.name, version: version.version, ...detail },
  });
}
