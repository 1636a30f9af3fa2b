import { eq } from "drizzle-orm";
import { placementRule } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutRule, ruleValues } from "./internal";
import type { UpdateRule } from "./schema";

/** Replaces what a rule matches and where it leads. Operators only. */
export async function updateRule(ctx: UserContext, input: UpdateRule): Promise<{ id: string }> {
  requireOperator(ctx);
  const { rule, ...given } = input;
  return withTransaction(ctx.db, async (tx) => {
    const values = await ruleValues(tx, given);
    const [row] = await tx
      .update(placementRule)
      .set(values)
      .where(eq(placementRule.id, rule))
      .returning({ id: placementRule.id, name: placementRule.name });
    if (!row) throw new DomainError("not_found", "There is no such rule.");
    await appendAudit(tx, ctx, { ...aboutRule(row), action: "placement_rule.update", detail: { ...given } });
    return { id: row.id };
  });
}
