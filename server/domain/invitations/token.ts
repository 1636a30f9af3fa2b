import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/server/kernel/env";
import { deriveKey } from "@/server/kernel/master-secret";

/** The token in an invitation's link. It is derived, never stored: a copy of the database opens no invitation. */
export function invitationToken(invitationId: string, email: string): string {
  return createHmac("sha256", deriveKey("invitation.v1"))
    .update(JSON.stringify([invitationId, email]))
    .digest("base64url");
}

export function isInvitationToken(invitationId: string, email: string, token: string): boolean {
  const expected = Buffer.from(invitationToken(invitationId, email));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** The link that accepts it. */
export function invitationLink(invitationId: string, email: string): string {
  return `${env().baseUrl}/accept-invitation/${invitationId}?token=${invitationToken(invitationId, email)}`;
}
