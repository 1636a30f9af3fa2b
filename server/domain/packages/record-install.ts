import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import { appendAudit } from "@/server/audit/append";
import type { Db, Tx } from "@/server/db/client";
import { raiseEpoch } from "@/server/domain/credentials/raise-epoch";
import type { BaseContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { Release } from "@/server/packages/content";
import { isPlace } from "./installed";
import { aboutPackage, releaseOf } from "./internal";

interface Order {
  environmentId: string;
  packageId: string;
  versionId: string;
}

/** The release that an operation is to install; throws `not_found` when it is gone. */
export async function getOrderedRelease(db: Db, { versionId }: Pick<Order, "versionId">): Promise<Release> {
  const [row] = await db
    .select({ owner: schemaPackage, version: packageVersion })
    .from(packageVersion)
    .innerJoin(schemaPackage, eq(schemaPackage.id, packageVersion.packageId))
    .where(eq(packageVersion.id, versionId));
  if (!row) throw new DomainError("not_found", "There is no such version.");
  return releaseOf(row.owner, row.version);
}

/** The operation has seen the release in the database: services hear of it. For the saga. */
export async function recordInstalled(tx: Tx, ctx: BaseContext, order: Order): Promise<void> {
  const now = new Date();
  const values = { observedVersionId: order.versionId, status: "installed", problem: "" } as const;
  await tx
    .update(environmentPackage)
    .set({ ...values, observedAt: now, updatedAt: now })
    .where(isPlace(order));
  await raiseEpoch(tx, order.environmentId);
  await append(tx, ctx, order, { action: "package.install", detail: {} });
}

/** What was observed before stays observed. For the saga. */
export async function recordFailedInstall(
  tx: Tx,
  ctx: BaseContext,
  order: Order,
  reason: string,
): Promise<void> {
  await tx
    .update(environmentPackage)
    .set({ status: "failed", problem: reason, updatedAt: new Date() })
    .where(isPlace(order));
  await append(tx, ctx, order, { action: "package.fail", detail: { reason } });
}

async function append(
  tx: Tx,
  ctx: BaseContext,
  { environmentId, versionId }: Order,
  { action, detail }: { action: string; detail: Record<string, unknown> },
): Promise<void> {
  const [version] = await tx
    .select({ id: schemaPackage.id, name: schemaPackage.name, version: packageVersion.version })
    .from(packageVersion)
    .innerJoin(schemaPackage, eq(schemaPackage.id, packageVersion.packageId))
    .where(eq(packageVersion.id, versionId));
  const [place] = await tx
    .select({ organizationId: environment.organizationId })
    .from(environment)
    .where(eq(environment.id, environmentId));
  // The environment may be gone by now, and its packages with it.
  if (!version || !place) return;
  await appendAudit(tx, ctx, {
    ...aboutPackage(version),
    organizationId: place.organizationId,
    environmentId,
    action,
    detail: { version: version.version, ...detail },
  });
}
