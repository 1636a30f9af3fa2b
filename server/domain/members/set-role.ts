import { eq } from "drizzle-orm";
import { member } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { getMember, requireManage } from "./internal";
import type { SetMemberRole } from "./schema";

/** Changes a member's role. The database refuses to demote the last owner. */
export async function setMemberRole(
  ctx: OrganizationContext,
  input: SetMemberRole,
): Promise<{ role: SetMemberRole["role"] }> {
  requireOrganization(ctx, "member.manage");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getMember(tx, ctx, input.userId);
    requireManage(ctx, row.role, input.role);
    if (row.role === input.role) return { role: input.role };
    await tx.update(member).set({ role: input.role }).where(eq(member.id, row.id));
    await appendAudit(tx, ctx, {
      action: "member.set_role",
      subject: { kind: "user", id: row.userId, label: row.email },
      organizationId: ctx.organization.id,
      detail: { from: row.role, to: input.role },
    });
    return { role: input.role };
  });
}
