import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { recoveryDays } from "./recovery-days";
import { signUpPolicy } from "./sign-up-policy";

/** The installation's settings as operators see them. */
export async function getSettings(ctx: UserContext) {
  requireOperator(ctx);
  const { baseUrl, rootDomain, smtpUrl, worker } = env();
  return {
    signUp: await signUpPolicy(ctx.db),
    mail: { isConfigured: smtpUrl !== undefined },
    baseUrl,
    rootDomain,
    worker,
    recoveryDays: await recoveryDays(ctx.db),
  };
}
