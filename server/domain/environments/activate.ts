import { eq, sql } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";

/** The end of a provisioning: the environment serves from now on. Safe to repeat. */
export async function activateEnvironment(
  tx: Tx,
  ctx: BaseContext,
  input: { environmentId: string; databaseUrl: string; sizeBytes: number },
): Promise<void> {
  const now = new Date();
  const [row] = await tx
    .update(environment)
    .set({ status: "active", statusReason: "", epoch: sql`${environment.epoch} + 1`, updatedAt: now })
    .where(eq(environment.id, input.environmentId))
    .returning({ id: environment.id, slug: environment.slug, organizationId: environment.organizationId });
  if (!row) throw new Error(`Environment ${input.environmentId} has no row.`);
  await tx
    .update(environmentDatabase)
    .set({
      databaseUrl: input.databaseUrl,
      storageUsedBytes: input.sizeBytes,
      provisionedAt: now,
      updatedAt: now,
    })
    .where(eq(environmentDatabase.environmentId, input.environmentId));
  await appendAudit(tx, ctx, {
    action: "environment.activate",
    subject: { kind: "environment", id: row.id, label: row.slug },
    organizationId: row.organizationId,
    environmentId: row.id,
  });
}
