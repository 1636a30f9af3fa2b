import { eq, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";

/** The end of a provisioning that was undone: nothing is left but the registration, which can be retried or deleted. */
export async function markEnvironmentFailed(
  tx: Tx,
  ctx: BaseContext,
  environmentId: string,
  reason: string,
): Promise<void> {
  const [row] = await tx
    .update(environment)
    .set({
      status: "failed",
      statusReason: reason,
      epoch: sql`${environment.epoch} + 1`,
      updatedAt: new Date(),
    })
    .where(eq(environment.id, environmentId))
    .returning({ slug: environment.slug, organizationId: environment.organizationId });
  if (!row) throw new Error(`Environment ${environmentId} has no row.`);
  await appendAudit(tx, ctx, {
    action: "environment.fail",
    subject: { kind: "environment", id: environmentId, label: row.slug },
    organizationId: row.organizationId,
    environmentId,
    detail: { reason },
  });
}
