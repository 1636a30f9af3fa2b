import { and, eq, lte, sql } from "drizzle-orm";
import { invitation, member } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { once } from "@/server/db/idempotency";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { enqueue } from "@/server/sagas/enqueue";
import type { CreateInvitation } from "./schema";
import { invitationLink } from "./token";

const validForMs = 7 * 24 * 3600 * 1000;

export interface CreatedInvitation {
  id: string;
  delivery: "mail" | "link";
  expiresAt: Date;
  /** Shown to the inviter this once, and only when there is no mail server to send it. */
  link: string | null;
}

/** Invites an address into the organization: by mail, or with a link for the inviter to hand over. */
export async function createInvitation(
  ctx: OrganizationContext,
  input: CreateInvitation,
): Promise<CreatedInvitation> {
  requireOrganization(ctx, "member.manage");
  if (input.role === "owner") requireOrganization(ctx, "member.manage_owner");
  const delivery = env().smtpUrl ? "mail" : "link";
  const request = { verb: "invitations.create", input: { ...input, organization: ctx.organization.id } };
  const made = await withTransaction(ctx.db, (tx) =>
    once(tx, ctx, request, () => invite(tx, ctx, { ...input, delivery })),
  );
  // The link is derived anew, so that what is kept for a repetition opens nothing.
  const link = made.delivery === "link" ? invitationLink(made.id, input.email) : null;
  return { ...made, expiresAt: new Date(made.expiresAt), link };
}

async function invite(
  tx: Tx,
  ctx: OrganizationContext,
  input: CreateInvitation & { delivery: "mail" | "link" },
) {
  const { delivery } = input;
  await refuseMembers(tx, ctx, input.email);
  const id = newId();
  const expiresAt = new Date(Date.now() + validForMs);
  await insert(tx, ctx, { ...input, id, expiresAt });
  await appendAudit(tx, ctx, {
    action: "invitation.create",
    subject: { kind: "invitation", id, label: input.email },
    organizationId: ctx.organization.id,
    detail: { role: input.role, delivery },
  });
  if (delivery === "mail") {
    await enqueue(tx, ctx, "send-invitation", {
      input: { invitationId: id },
      subject: input.email,
      organizationId: ctx.organization.id,
    });
  }
  return { id, delivery, expiresAt: expiresAt.toISOString() };
}

async function refuseMembers(tx: Tx, ctx: OrganizationContext, email: string): Promise<void> {
  const [already] = await tx
    .select({ id: member.id })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, ctx.organization.id), eq(user.email, email)));
  if (already) throw new DomainError("conflict", `${email} is a member already.`, { field: "email" });
}

async function insert(
  tx: Tx,
  ctx: OrganizationContext,
  row: CreateInvitation & { id: string; delivery: "mail" | "link"; expiresAt: Date },
): Promise<void> {
  const organizationId = ctx.organization.id;
  // An expired invitation must not stand in the way of a new one.
  await tx
    .update(invitation)
    .set({ status: "revoked" })
    .where(
      and(
        eq(invitation.organizationId, organizationId),
        eq(invitation.email, row.email),
        eq(invitation.status, "pending"),
        lte(invitation.expiresAt, sql`unixepoch('subsec') * 1000`),
      ),
    );
  const { id, email, role, delivery, expiresAt } = row;
  try {
    await tx.insert(invitation).values({
      id,
      organizationId,
      email,
      role,
      delivery,
      expiresAt,
      status: "pending",
      createdAt: new Date(),
      inviterId: ctx.user.id,
    });
  } catch (error) {
    if (!isUniqueViolation(error, "invitation.email")) throw error;
    throw new DomainError(
      "conflict",
      `${email} is invited already. Revoke that invitation to send a new one.`,
      { field: "email", cause: error },
    );
  }
}
