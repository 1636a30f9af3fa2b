import { eq } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";

/** The last step of a deletion: memberships and visits go with the row. Fine when it is gone already. */
export async function removeRegistration(tx: Tx, ctx: BaseContext, environmentId: string): Promise<void> {
  await tx.delete(environmentDatabase).where(eq(environmentDatabase.environmentId, environmentId));
  const [row] = await tx
    .delete(environment)
    .where(eq(environment.id, environmentId))
    .returning({ slug: environment.slug, organizationId: environment.organizationId });
  if (!row) return;
  await appendAudit(tx, ctx, {
    action: "environment.remove",
    subject: { kind: "environment", id: environmentId, label: row.slug },
    organizationId: row.organizationId,
    environmentId,
  });
}
