import { setting } from "@/drizzle/control/schema/settings";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import type { SetSignUpPolicy } from "./schema";

/** Opens sign-up to everyone or closes it to people with an invitation. Operators only. */
export async function setSignUpPolicy(ctx: UserContext, input: SetSignUpPolicy): Promise<SetSignUpPolicy> {
  requireOperator(ctx);
  if (env().signUp) {
    throw new DomainError(
      "precondition",
      "FREEHOLD_SIGN_UP decides this. Unset it and restart to choose here.",
    );
  }
  return withTransaction(ctx.db, async (tx) => {
    const updatedAt = new Date();
    await tx
      .insert(setting)
      .values({ key: "sign_up", value: input.policy, updatedAt })
      .onConflictDoUpdate({ target: setting.key, set: { value: input.policy, updatedAt } });
    await appendAudit(tx, ctx, {
      action: "settings.set_sign_up",
      subject: { kind: "setting", id: "sign_up", label: "Sign-up" },
      detail: { to: input.policy },
    });
    return input;
  });
}
