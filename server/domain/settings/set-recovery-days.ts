import { setting } from "@/drizzle/control/schema/settings";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import type { SetRecoveryDays } from "./schema";

/** Sets for how many days what is deleted from now on can be recovered. Operators only. */
export async function setRecoveryDays(ctx: UserContext, input: SetRecoveryDays): Promise<SetRecoveryDays> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const updatedAt = new Date();
    await tx
      .insert(setting)
      .values({ key: "recovery_days", value: input.days, updatedAt })
      .onConflictDoUpdate({ target: setting.key, set: { value: input.days, updatedAt } });
    await appendAudit(tx, ctx, {
      action: "settings.set_recovery_days",
      subject: { kind: "setting", id: "recovery_days", label: "Recovery window" },
      detail: { to: input.days },
    });
    return input;
  });
}
