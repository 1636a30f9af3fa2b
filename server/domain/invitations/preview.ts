import { eq } from "drizzle-orm";
import { user } from "@/drizzle/control/schema/people";
import type { BaseContext } from "@/server/kernel/context";
import { openInvitation } from "./open";
import type { InvitationTicket } from "./schema";

/** What the holder of the link sees before accepting. The token is the permission. */
export async function previewInvitation(ctx: BaseContext, ticket: InvitationTicket) {
  const { invitation, organization, inviterName } = await openInvitation(ctx.db, ticket);
  const [account] = await ctx.db.select({ id: user.id }).from(user).where(eq(user.email, invitation.email));
  return {
    organization: organization.name,
    email: invitation.email,
    role: invitation.role,
    inviter: inviterName,
    expiresAt: invitation.expiresAt,
    /** Whether the address signs in or signs up. */
    hasAccount: account !== undefined,
  };
}
