import { and, eq } from "drizzle-orm";
import { invitation, member, organization } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import type { InvitationTicket } from "./schema";
import { isInvitationToken } from "./token";

/**
 * The invitation that a link opens, with its organization. Throws `not_found` for a wrong
 * token as for a missing invitation, `precondition` for one that has ended. It ends too
 * when its inviter is no longer allowed to invite.
 */
export async function openInvitation(db: Db | Tx, ticket: InvitationTicket) {
  const [row] = await db
    .select({ invitation, organization, inviterName: user.name, inviterRole: member.role })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .innerJoin(user, eq(user.id, invitation.inviterId))
    .leftJoin(
      member,
      and(eq(member.userId, invitation.inviterId), eq(member.organizationId, invitation.organizationId)),
    )
    .where(eq(invitation.id, ticket.invitation));
  if (!row || !isInvitationToken(row.invitation.id, row.invitation.email, ticket.token)) {
    throw new DomainError("not_found", "This invitation does not exist. Ask for a new link.");
  }
  const { status, role, expiresAt } = row.invitation;
  const mayInvite = row.inviterRole === "owner" || (row.inviterRole === "admin" && role !== "owner");
  if (status === "accepted")
    throw new DomainError("precondition", "This invitation was accepted already. Sign in instead.");
  if (status === "revoked" || !mayInvite)
    throw new DomainError("precondition", "This invitation was taken back. Ask for a new one.");
  if (expiresAt <= new Date())
    throw new DomainError("precondition", "This invitation has expired. Ask for a new one.");
  return row;
}
