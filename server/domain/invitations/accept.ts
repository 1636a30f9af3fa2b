import { eq } from "drizzle-orm";
import { invitation, member } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { openInvitation } from "./open";
import type { InvitationTicket } from "./schema";

/**
 * Makes the caller a member. The link is one proof, the caller's own address the other;
 * a link that came by mail also verifies that address. The database checks both again.
 */
export async function acceptInvitation(
  ctx: UserContext,
  ticket: InvitationTicket,
): Promise<{ organization: { id: string; slug: string } }> {
  return withTransaction(ctx.db, async (tx) => {
    const opened = await openInvitation(tx, ticket);
    const { id, email, role, delivery, organizationId } = opened.invitation;
    if (email !== ctx.user.email) {
      throw new DomainError(
        "forbidden",
        `This invitation is for ${email}. Sign in with that address to accept it.`,
      );
    }
    if (delivery === "mail")
      await tx
        .update(user)
        .set({ emailVerified: true, updatedAt: new Date() })
        .where(eq(user.id, ctx.user.id));
    await tx
      .update(invitation)
      .set({ status: "accepted", acceptedBy: ctx.user.id })
      .where(eq(invitation.id, id));
    try {
      await tx
        .insert(member)
        .values({ id: newId(), organizationId, userId: ctx.user.id, role, createdAt: new Date() });
    } catch (error) {
      if (!isUniqueViolation(error, "member.user_id")) throw error;
      throw new DomainError("conflict", `You are a member of ${opened.organization.name} already.`, {
        cause: error,
      });
    }
    await appendAudit(tx, ctx, {
      action: "invitation.accept",
      subject: { kind: "user", id: ctx.user.id, label: ctx.user.email },
      organizationId,
      detail: { role, delivery },
    });
    return { organization: { id: organizationId, slug: opened.organization.slug } };
  });
}
