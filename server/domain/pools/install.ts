import { and, eq } from "drizzle-orm";
import { poolPackage } from "@/drizzle/control/schema/installations";
import { packageVersion } from "@/drizzle/control/schema/packages";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { getNewestPublished, getPackageRow, getVersionRow } from "@/server/domain/packages/row";
import { requireInstallable } from "@/server/domain/packages/require-installable";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import { aboutPool, requirePoolState } from "./internal";
import { getPoolRow } from "./row";
import type { InstallInPool } from "./schema";

/** Orders a package for a pool, which is for all of its tenants at once. The same again goes on with what failed. Operators only. */
export async function installInPool(ctx: UserContext, input: InstallInPool) {
  requireOperator(ctx);
  try {
    return await withTransaction(ctx.db, (tx) => order(tx, ctx, input));
  } catch (error) {
    if (!isUniqueViolation(error, "sys_operation.lock_key")) throw error;
    throw new DomainError("conflict", "An installation of this package is under way. Wait for its end.", {
      cause: error,
    });
  }
}

async function order(tx: Tx, ctx: UserContext, input: InstallInPool) {
  const row = await getPoolRow(tx, input.pool);
  requirePoolState("install", row);
  const owner = await getPackageRow(tx, input.package);
  const wanted =
    input.version === undefined
      ? await getNewestPublished(tx, owner)
      : await getVersionRow(tx, owner, input.version);
  const observed = await findObserved(tx, { poolId: row.id, packageId: owner.id });
  requireInstallable({ owner, wanted, observed, engine: "postgres", place: "The pool" });
  const wish = {
    desiredVersionId: wanted.id,
    status: "installing",
    problem: "",
    updatedAt: new Date(),
  } as const;
  await tx
    .insert(poolPackage)
    .values({ poolId: row.id, packageId: owner.id, ...wish })
    .onConflictDoUpdate({ target: [poolPackage.poolId, poolPackage.packageId], set: wish });
  const from = observed?.version ?? null;
  await appendAudit(tx, ctx, {
    ...aboutPool(row),
    action: "pool.order_install",
    detail: { package: owner.name, version: wanted.version, from },
  });
  const operation = await enqueue(tx, ctx, "install-in-pool", {
    input: { poolId: row.id, packageId: owner.id, versionId: wanted.id },
    subject: `${row.slug}: ${owner.name} ${wanted.version}`,
    lockKey: `package:${row.id}:${owner.id}`,
  });
  return { package: owner.name, version: wanted.version, from, operation };
}

async function findObserved(tx: Tx, place: { poolId: string; packageId: string }) {
  const [found] = await tx
    .select({ version: packageVersion })
    .from(poolPackage)
    .innerJoin(packageVersion, eq(packageVersion.id, poolPackage.observedVersionId))
    .where(and(eq(poolPackage.poolId, place.poolId), eq(poolPackage.packageId, place.packageId)));
  return found?.version ?? null;
}
