import { eq } from "drizzle-orm";
import { placementRule } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutRule } from "./internal";
import type { RuleRef } from "./schema";

/** Takes a rule out of the policy. What it placed stays where it is. Operators only. */
export async function removeRule(ctx: UserContext, input: RuleRef): Promise<{ removed: true }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .delete(placementRule)
      .where(eq(placementRule.id, input.rule))
      .returning({ id: placementRule.id, name: placementRule.name });
    if (!row) throw new DomainError("not_found", "There is no such rule.");
    await appendAudit(tx, ctx, { ...aboutRule(row), action: "placement_rule.remove" });
    return { removed: true };
  });
}
