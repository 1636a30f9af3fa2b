import { count } from "drizzle-orm";
import { placementRule } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { aboutRule, mostRules, nextPosition, ruleValues } from "./internal";
import type { AddRule } from "./schema";

/** Appends a rule to the policy. What is placed already stays where it is. Operators only. */
export async function addRule(ctx: UserContext, input: AddRule): Promise<{ id: string }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const [counted] = await tx.select({ total: count() }).from(placementRule);
    if ((counted?.total ?? 0) >= mostRules)
      throw new DomainError("limit", `A policy has at most ${mostRules} rules.`);
    const values = await ruleValues(tx, input);
    const id = newId();
    await tx
      .insert(placementRule)
      .values({ id, ...values, position: await nextPosition(tx), createdAt: values.updatedAt });
    await appendAudit(tx, ctx, {
      ...aboutRule({ id, name: input.name }),
      action: "placement_rule.add",
      detail: { ...input },
    });
    return { id };
  });
}
