import { APIError } from "better-auth/api";
import { z } from "zod";
import { user } from "@/drizzle/control/schema/people";
import type { Db } from "@/server/db/client";
import { openInvitation } from "@/server/domain/invitations/open";
import { Name } from "@/server/domain/environments/schema";
import { Email, InvitationTicket } from "@/server/domain/invitations/schema";
import { signUpPolicy } from "@/server/domain/settings/sign-up-policy";
import { DomainError } from "@/server/kernel/errors";

const Body = z.object({ email: Email, name: Name });

/** Lets the very first person in, everyone when sign-up is open, and otherwise the holder of an invitation's link. */
export async function requireMaySignUp(db: Db, body: unknown, headers: Headers | undefined): Promise<void> {
  const person = Body.safeParse(body);
  // The name goes into mails to strangers and into every list of members.
  if (!person.success)
    throw new APIError("BAD_REQUEST", { code: "INVALID", message: person.error.issues[0]?.message });
  const [{ policy }, anyone] = await Promise.all([
    signUpPolicy(db),
    db.select({ id: user.id }).from(user).limit(1),
  ]);
  if (policy === "open" || anyone.length === 0) return;
  const [invitation, token] = (headers?.get("x-freehold-invitation") ?? "").split(".");
  const ticket = InvitationTicket.safeParse({ invitation, token });
  const opened = ticket.success ? await openInvitation(db, ticket.data).catch(nullWhenRefused) : null;
  if (opened?.invitation.email !== person.data.email) {
    throw new APIError("FORBIDDEN", {
      code: "INVITATION_REQUIRED",
      message: "Sign-up is for people with an invitation. Open the link you were given.",
    });
  }
}

// A link that opens nothing is none; whatever else went wrong is no verdict on the person.
function nullWhenRefused(error: unknown): null {
  if (error instanceof DomainError) return null;
  throw error;
}
