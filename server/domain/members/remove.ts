import { eq } from "drizzle-orm";
import { member } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { getMember, requireManage } from "./internal";
import type { RemoveMember } from "./schema";

/** Removes a member, or leaves when it is oneself; memberships in environments go along. */
export async function removeMember(
  ctx: OrganizationContext,
  input: RemoveMember,
): Promise<{ removed: true }> {
  const leaving = input.userId === ctx.user.id;
  requireOrganization(ctx, leaving ? "member.read" : "member.manage");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getMember(tx, ctx, input.userId);
    if (!leaving) requireManage(ctx, row.role);
    await tx.delete(member).where(eq(member.id, row.id));
    await appendAudit(tx, ctx, {
      action: leaving ? "member.leave" : "member.remove",
      subject: { kind: "user", id: row.userId, label: row.email },
      organizationId: ctx.organization.id,
      detail: { role: row.role },
    });
    return { removed: true };
  });
}
