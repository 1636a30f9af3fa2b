import { eq } from "drizzle-orm";
import { cluster, placementRule } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutCluster, requireState } from "./internal";
import { getClusterRow } from "./row";
import type { ClusterRef } from "./schema";

/** Forgets an empty cluster and its secret. What is at the place itself stays. Operators only. */
export async function removeCluster(ctx: UserContext, input: ClusterRef): Promise<{ removed: true }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const row = await getClusterRow(tx, input.cluster);
    requireState("remove", row);
    const [rule] = await tx
      .select({ name: placementRule.name })
      .from(placementRule)
      .where(eq(placementRule.clusterId, row.id))
      .limit(1);
    if (rule)
      throw new DomainError("precondition", `The placement rule ${rule.name} leads here. Change it first.`);
    await tx.delete(cluster).where(eq(cluster.id, row.id));
    await appendAudit(tx, ctx, {
      ...aboutCluster(row),
      action: "cluster.remove",
      detail: { name: row.name },
    });
    return { removed: true };
  });
}
