import { eq } from "drizzle-orm";
import { finding } from "@/drizzle/control/schema/findings";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import { getOrphan } from "./internal";
import type { DestroyOrphan } from "./schema";

/** Orders the end of a database that no environment owns. It cannot be taken back. Operators only. */
export async function destroyOrphan(
  ctx: UserContext,
  input: DestroyOrphan,
): Promise<{ operation: { id: string } }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const { clusterId, poolId, databaseName, tenant, sizeBytes } = await getOrphan(tx, input.finding);
    if (input.confirm !== databaseName)
      throw new DomainError("invalid", `Type ${databaseName} to confirm.`, { field: "confirm" });
    await tx.delete(finding).where(eq(finding.id, input.finding));
    await appendAudit(tx, ctx, {
      action: "findings.destroy",
      subject: { kind: "database", id: databaseName, label: databaseName },
      detail: { clusterId, poolId, tenant, sizeBytes },
    });
    return {
      operation: await enqueue(tx, ctx, "destroy-database", {
        input: { clusterId, poolId, databaseName, tenant },
        subject: databaseName,
        lockKey: tenant,
      }),
    };
  });
}
