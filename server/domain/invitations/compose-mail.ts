import { eq } from "drizzle-orm";
import { invitation, organization } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import type { BaseContext } from "@/server/kernel/context";
import { invitationLink } from "./token";

/** The mail for a pending invitation; null when it has ended in the meantime. */
export async function composeInvitationMail(ctx: BaseContext, invitationId: string) {
  const [row] = await ctx.db
    .select({
      email: invitation.email,
      status: invitation.status,
      expiresAt: invitation.expiresAt,
      organization: organization.name,
      inviter: user.name,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .innerJoin(user, eq(user.id, invitation.inviterId))
    .where(eq(invitation.id, invitationId));
  if (!row || row.status !== "pending" || row.expiresAt <= new Date()) return null;
  return {
    to: row.email,
    subject: `${row.inviter} invites you to ${row.organization} on Freehold`,
    text: [
      `${row.inviter} invites you to the organization ${row.organization}.`,
      "",
      "Open this link to accept. It works for seven days and only for this address:",
      invitationLink(invitationId, row.email),
    ].join("\n"),
  };
}
