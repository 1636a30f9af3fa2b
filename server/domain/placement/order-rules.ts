import { eq } from "drizzle-orm";
import { placementRule } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { OrderRules } from "./schema";

/** Puts the rules into a new order; the first that matches decides. Operators only. */
export async function orderRules(ctx: UserContext, input: OrderRules): Promise<{ rules: string[] }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const known = await tx.select({ id: placementRule.id }).from(placementRule);
    const same = new Set(input.rules);
    if (
      same.size !== input.rules.length ||
      same.size !== known.length ||
      known.some(({ id }) => !same.has(id))
    )
      throw new DomainError("conflict", "The rules have changed in the meantime. Look again and reorder.");
    for (const [index, id] of input.rules.entries())
      await tx
        .update(placementRule)
        .set({ position: index + 1 })
        .where(eq(placementRule.id, id));
    await appendAudit(tx, ctx, {
      action: "placement_rule.order",
      subject: { kind: "setting", id: "placement_rules", label: "Placement rules" },
      detail: { rules: input.rules },
    });
    return { rules: input.rules };
  });
}
