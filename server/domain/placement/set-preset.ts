import { setting } from "@/drizzle/control/schema/settings";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { readPolicy } from "./policy";
import { presetRefusal } from "./preset-refusal";
import type { SetPreset } from "./schema";

/** Chooses how a home is found when no rule decides. What is placed already stays where it is. Operators only. */
export async function setPreset(ctx: UserContext, input: SetPreset): Promise<SetPreset> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const refusal = presetRefusal(input.preset, await readPolicy(tx));
    if (refusal) throw new DomainError("precondition", refusal, { field: "preset" });
    const updatedAt = new Date();
    await tx
      .insert(setting)
      .values({ key: "placement_preset", value: input.preset, updatedAt })
      .onConflictDoUpdate({ target: setting.key, set: { value: input.preset, updatedAt } });
    await appendAudit(tx, ctx, {
      action: "settings.set_placement",
      subject: { kind: "setting", id: "placement_preset", label: "Placement" },
      detail: { to: input.preset },
    });
    return input;
  });
}
