import { and, eq } from "drizzle-orm";
import { invitation } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { RevokeInvitation } from "./schema";

/** Takes a pending invitation back: its link stops working at once. */
export async function revokeInvitation(
  ctx: OrganizationContext,
  input: RevokeInvitation,
): Promise<{ revoked: true }> {
  requireOrganization(ctx, "member.manage");
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .select()
      .from(invitation)
      .where(and(eq(invitation.id, input.invitation), eq(invitation.organizationId, ctx.organization.id)));
    if (!row) throw new DomainError("not_found", "There is no such invitation.");
    if (row.status !== "pending")
      throw new DomainError("conflict", `This invitation is ${row.status} already.`);
    await tx.update(invitation).set({ status: "revoked" }).where(eq(invitation.id, row.id));
    await appendAudit(tx, ctx, {
      action: "invitation.revoke",
      subject: { kind: "invitation", id: row.id, label: row.email },
      organizationId: ctx.organization.id,
    });
    return { revoked: true };
  });
}
