import { and, eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutEnvironment, getEnvironmentRow, requireState } from "./internal";

/** Makes it the organization's default; the one before steps down in the same transaction. */
export async function setDefaultEnvironment(ctx: EnvironmentContext): Promise<{ isDefault: true }> {
  requireOrganization(ctx, "environment.set_default");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("setDefault", row);
    const updatedAt = new Date();
    const [before] = await tx
      .update(environment)
      .set({ isDefault: false, updatedAt })
      .where(and(eq(environment.organizationId, ctx.organization.id), eq(environment.isDefault, true)))
      .returning({ slug: environment.slug });
    await tx.update(environment).set({ isDefault: true, updatedAt }).where(eq(environment.id, row.id));
    await appendAudit(tx, ctx, {
      ...aboutEnvironment(ctx, row),
      action: "environment.set_default",
      detail: { from: before?.slug ?? null, to: row.slug },
    });
    return { isDefault: true };
  });
}
