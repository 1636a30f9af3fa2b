import { eq } from "drizzle-orm";
import { organization } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { SetTier } from "./schema";

/** Moves an organization to another tier. Operators only. */
export async function setTier(ctx: UserContext, input: SetTier): Promise<{ tier: SetTier["tier"] }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx.select().from(organization).where(eq(organization.id, input.organizationId));
    if (!row) throw new DomainError("not_found", "There is no such organization.");
    if (row.tier === input.tier) return { tier: input.tier };
    await tx
      .update(organization)
      .set({ tier: input.tier, updatedAt: new Date() })
      .where(eq(organization.id, row.id));
    await appendAudit(tx, ctx, {
      action: "organization.set_tier",
      subject: { kind: "organization", id: row.id, label: row.slug },
      organizationId: row.id,
      detail: { from: row.tier, to: input.tier },
    });
    return { tier: input.tier };
  });
}
