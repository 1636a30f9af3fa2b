import { and, eq, gt, lte, sql } from "drizzle-orm";
import { invitation } from "@/drizzle/control/schema/organizations";
import { user } from "@/drizzle/control/schema/people";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import type { ListInvitations } from "./schema";

/** One page of the organization's invitations, the newest first unless asked otherwise. */
export async function listInvitations(ctx: OrganizationContext, input: ListInvitations) {
  requireOrganization(ctx, "member.manage");
  const now = new Date();
  const page = keyset(sql`${invitation.createdAt}`, sql`${invitation.id}`, input);
  const filter = and(
    eq(invitation.organizationId, ctx.organization.id),
    statusFilter(input.status, now),
    input.search ? containing(sql`${invitation.email}`, input.search) : undefined,
  );
  const { id, email, role, status, delivery, expiresAt, createdAt } = invitation;
  const rows = ctx.db
    .select({ id, email, role, status, delivery, expiresAt, createdAt, inviter: user.name })
    .from(invitation)
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db.select(oneEach).from(invitation).where(filter);
  const result = await readPage(ctx.db, page, {
    rows,
    matching,
    keyOf: (row) => [row.createdAt.getTime(), row.id],
  });
  return {
    ...result,
    items: result.items.map((row) => ({
      ...row,
      status: row.status === "pending" && row.expiresAt <= now ? ("expired" as const) : row.status,
    })),
  };
}

function statusFilter(status: ListInvitations["status"], now: Date) {
  if (status === undefined) return undefined;
  if (status === "expired") return and(eq(invitation.status, "pending"), lte(invitation.expiresAt, now));
  if (status === "pending") return and(eq(invitation.status, "pending"), gt(invitation.expiresAt, now));
  return eq(invitation.status, status);
}
