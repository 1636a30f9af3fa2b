import { and, eq } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutCluster, requireState } from "./internal";
import { getClusterRow } from "./row";
import type { ClusterState } from "./names";
import { presentCluster } from "./present";
import type { ClusterRef } from "./schema";

const targets = { drain: "draining", activate: "active" } as const satisfies Record<string, ClusterState>;

/** `drain`: takes no new database, serves those that it has. `activate`: takes them again. Operators only. */
export async function setClusterState(ctx: UserContext, input: ClusterRef, action: keyof typeof targets) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const row = await getClusterRow(tx, input.cluster);
    requireState(action, row);
    const [changed] = await tx
      .update(cluster)
      .set({ state: targets[action], stateReason: "", updatedAt: new Date() })
      .where(and(eq(cluster.id, row.id), eq(cluster.state, row.state)))
      .returning();
    if (!changed) throw new DomainError("conflict", "The cluster has changed in the meantime. Look again.");
    await appendAudit(tx, ctx, { ...aboutCluster(row), action: `cluster.${action}` });
    return presentCluster(changed);
  });
}
