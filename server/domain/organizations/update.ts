import { eq } from "drizzle-orm";
import { organization } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import type { UpdateOrganization } from "./schema";

/** Renames the organization. Its slug stays: addresses depend on it. */
export async function updateOrganization(
  ctx: OrganizationContext,
  input: UpdateOrganization,
): Promise<{ name: string }> {
  requireOrganization(ctx, "organization.update");
  return withTransaction(ctx.db, async (tx) => {
    if (input.name === ctx.organization.name) return { name: input.name };
    await tx
      .update(organization)
      .set({ name: input.name, updatedAt: new Date() })
      .where(eq(organization.id, ctx.organization.id));
    await appendAudit(tx, ctx, {
      action: "organization.update",
      subject: { kind: "organization", id: ctx.organization.id, label: ctx.organization.slug },
      organizationId: ctx.organization.id,
      detail: { name: { from: ctx.organization.name, to: input.name } },
    });
    return { name: input.name };
  });
}
