import { appendAudit } from "@/server/audit/append";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import { aboutCluster, requireState } from "./internal";
import { getClusterRow } from "./row";
import type { ClusterRef } from "./schema";

/** Tests an offline cluster again and takes it into use when that goes well. Operators only. */
export async function checkCluster(
  ctx: UserContext,
  input: ClusterRef,
): Promise<{ operation: { id: string } }> {
  requireOperator(ctx);
  try {
    return await withTransaction(ctx.db, async (tx) => {
      const row = await getClusterRow(tx, input.cluster);
      requireState("check", row);
      await appendAudit(tx, ctx, { ...aboutCluster(row), action: "cluster.check" });
      return {
        operation: await enqueue(tx, ctx, "open-cluster", {
          input: { clusterId: row.id },
          subject: row.slug,
          lockKey: row.id,
        }),
      };
    });
  } catch (error) {
    if (!isUniqueViolation(error, "sys_operation.lock_key")) throw error;
    throw new DomainError("conflict", "It is being tested already. Follow the operation.", { cause: error });
  }
}
