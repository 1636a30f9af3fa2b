import { eq } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import type { Db, Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { aboutCluster } from "./internal";

/** The end of a connection test that went well: it takes databases from now on. */
export async function openCluster(
  tx: Tx,
  ctx: BaseContext,
  input: { clusterId: string; engine: string },
): Promise<void> {
  const [row] = await tx
    .update(cluster)
    .set({ state: "active", stateReason: "", updatedAt: new Date() })
    .where(eq(cluster.id, input.clusterId))
    .returning({ id: cluster.id, slug: cluster.slug });
  if (!row) throw new Error(`Cluster ${input.clusterId} has no row.`);
  await appendAudit(tx, ctx, {
    ...aboutCluster(row),
    action: "cluster.open",
    detail: { engine: input.engine },
  });
}

/** The end of one that did not: it stays offline and says why. */
export async function keepClusterOffline(tx: Tx | Db, clusterId: string, reason: string): Promise<void> {
  await tx
    .update(cluster)
    .set({ state: "offline", stateReason: reason, updatedAt: new Date() })
    .where(eq(cluster.id, clusterId));
}
