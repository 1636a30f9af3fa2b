import { environmentPackage } from "@/drizzle/control/schema/installations";
import { appendAudit } from "@/server/audit/append";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { homeOf } from "@/server/domain/environments/home";
import { requireConnectable } from "@/server/domain/environments/require-connectable";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import { chooseVersion } from "./choose-version";
import { aboutPackage } from "./internal";
import type { InstallPackage } from "./schema";

/**
 * Orders a package for the environment: what it is to have is recorded now, what it has when the
 * operation has seen it there. The same again goes on with what failed, and is fine when it is there.
 */
export async function installPackage(ctx: EnvironmentContext, input: InstallPackage) {
  try {
    return await order(ctx, input);
  } catch (error) {
    if (!isUniqueViolation(error, "sys_operation.lock_key")) throw error;
    throw new DomainError("conflict", "An installation of this package is under way. Wait for its end.");
  }
}

function order(ctx: EnvironmentContext, input: InstallPackage) {
  return withTransaction(ctx.db, async (tx) => {
    requireEnvironment(ctx, "package.install");
    await requireConnectable(tx, ctx);
    const { database, owner, wanted, observed } = await chooseVersion(tx, ctx.environment.id, input);
    const wish = {
      desiredVersionId: wanted.id,
      status: "installing",
      problem: "",
      updatedAt: new Date(),
    } as const;
    await tx
      .insert(environmentPackage)
      .values({ environmentId: ctx.environment.id, packageId: owner.id, ...wish })
      .onConflictDoUpdate({
        target: [environmentPackage.environmentId, environmentPackage.packageId],
        set: wish,
      });
    await appendAudit(tx, ctx, {
      ...aboutPackage(owner),
      organizationId: ctx.organization.id,
      environmentId: ctx.environment.id,
      action: "package.order_install",
      detail: { version: wanted.version, from: observed?.version ?? null },
    });
    const operation = await enqueue(tx, ctx, "install-package", {
      input: { ...homeOf(database), packageId: owner.id, versionId: wanted.id },
      subject: `${ctx.organization.slug}/${ctx.environment.slug}: ${owner.name} ${wanted.version}`,
      organizationId: ctx.organization.id,
      environmentId: ctx.environment.id,
      lockKey: `package:${ctx.environment.id}:${owner.id}`,
    });
    return { package: owner.name, version: wanted.version, from: observed?.version ?? null, operation };
  });
}
