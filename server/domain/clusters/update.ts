import { and, eq, isNotNull } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutCluster } from "./internal";
import { getClusterRow, type ClusterRow } from "./row";
import { presentCluster } from "./present";
import type { UpdateCluster } from "./schema";

/** Changes name, region, capacity and labels. A region that fences somebody's data stays. Operators only. */
export async function updateCluster(ctx: UserContext, input: UpdateCluster) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const before = await getClusterRow(tx, input.cluster);
    if (input.region && input.region !== before.region) await moveRegion(tx, before, input.region);
    const { cluster: _, ...changes } = input;
    const [after] = await tx
      .update(cluster)
      .set({ ...changes, updatedAt: new Date() })
      .where(eq(cluster.id, before.id))
      .returning();
    if (!after) throw new DomainError("conflict", "The cluster has changed in the meantime. Look again.");
    await appendAudit(tx, ctx, { ...aboutCluster(after), action: "cluster.update", detail: changes });
    return presentCluster(after);
  });
}

async function moveRegion(tx: Tx, row: ClusterRow, region: string): Promise<void> {
  const [fenced] = await tx
    .select({ slug: organization.slug })
    .from(environmentDatabase)
    .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(and(eq(environmentDatabase.clusterId, row.id), isNotNull(organization.residency)))
    .limit(1);
  if (fenced) {
    throw new DomainError(
      "residency_violation",
      `Data of ${fenced.slug} must stay in its region, and the cluster holds some of it.`,
      { field: "region" },
    );
  }
  await tx.update(environmentDatabase).set({ region }).where(eq(environmentDatabase.clusterId, row.id));
}
