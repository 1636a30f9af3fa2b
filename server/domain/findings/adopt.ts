import { eq } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { finding } from "@/drizzle/control/schema/findings";
import { organization } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { replaceServices } from "@/server/domain/credentials/replace-services";
import { initialLimits } from "@/server/domain/environments/limits";
import { takeHostname } from "@/server/domain/environments/hostname";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { isUuid, newId } from "@/server/kernel/ids";
import { getOrphan } from "./internal";
import type { AdoptOrphan } from "./schema";

/**
 * Registers a database that no environment owns as a new environment of an organization. The
 * environment gets the id that the database is stamped with; services get a credential. Operators only.
 */
export async function adoptOrphan(ctx: UserContext, input: AdoptOrphan) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const orphan = await getOrphan(tx, input.finding);
    const owner = await getOwner(tx, input.organization);
    const [home] = await tx.select().from(cluster).where(eq(cluster.id, orphan.clusterId));
    if (!home) throw new DomainError("not_found", "The cluster of this database is gone.");
    if (owner.residency !== null && owner.residency !== home.region)
      throw new DomainError(
        "residency_violation",
        `Data of ${owner.slug} must stay in ${owner.residency}, and this database is in ${home.region}.`,
        { field: "organization" },
      );
    const id = orphan.tenant;
    await insertAdopted(tx, ctx, {
      ...input,
      id,
      owner,
      home,
      poolId: orphan.poolId,
      databaseName: orphan.databaseName,
      sizeBytes: orphan.sizeBytes,
    });
    await tx.delete(finding).where(eq(finding.id, input.finding));
    await appendAudit(tx, ctx, {
      action: "environment.adopt",
      subject: { kind: "environment", id, label: input.slug },
      organizationId: owner.id,
      environmentId: id,
      detail: { name: input.name, cluster: home.slug, databaseName: orphan.databaseName },
    });
    const wanted = { organizationId: owner.id, environmentId: id, scope: "readwrite" as const };
    const { operation } = await replaceServices(tx, ctx, wanted, `${owner.slug}/${input.slug}`);
    return { environment: { id, slug: input.slug, organization: owner.slug }, operation };
  });
}

async function getOwner(tx: Tx, slugOrId: string) {
  const column = isUuid(slugOrId) ? organization.id : organization.slug;
  const [row] = await tx.select().from(organization).where(eq(column, slugOrId));
  if (!row) throw new DomainError("invalid", "There is no such organization.", { field: "organization" });
  return row;
}

interface Adopted extends AdoptOrphan {
  id: string;
  owner: typeof organization.$inferSelect;
  home: typeof cluster.$inferSelect;
  poolId: string | null;
  databaseName: string;
  sizeBytes: number;
}

async function insertAdopted(tx: Tx, ctx: UserContext, adopted: Adopted): Promise<void> {
  const { id, owner, home, poolId, name, slug, envType, databaseName, sizeBytes } = adopted;
  const now = new Date();
  const { region } = home;
  const both = { region, createdAt: now, updatedAt: now };
  const names = { organization: owner.slug, environment: slug, root: env().rootDomain };
  await takeHostname(names, async (hostname) => {
    const row = {
      ...both,
      id,
      organizationId: owner.id,
      slug,
      name,
      envType,
      hostname,
      createdBy: ctx.user.id,
    };
    try {
      await tx.insert(environment).values({ ...row, status: "active" });
      return true;
    } catch (error) {
      if (isUniqueViolation(error, "sys_environment.hostname")) return false;
      if (!isUniqueViolation(error, "sys_environment.slug")) throw error;
      throw new DomainError("conflict", `${owner.slug} already has an environment with the slug ${slug}.`, {
        field: "slug",
        cause: error,
      });
    }
  });
  await tx.insert(environmentDatabase).values({
    ...both,
    id: newId(),
    environmentId: id,
    clusterId: home.id,
    databaseName,
    driver: home.driver,
    poolId,
    isolation: poolId === null ? "dedicated" : "shared",
    ...initialLimits,
    storageUsedBytes: sizeBytes,
    provisionedAt: now,
    placement: [
      { kind: "request", label: home.slug, verdict: "taken", reason: "It was adopted where it was." },
    ],
  });
}
