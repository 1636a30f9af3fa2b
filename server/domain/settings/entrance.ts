import { user } from "@/drizzle/control/schema/people";
import type { BaseContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { signUpPolicy } from "./sign-up-policy";

/** What the pages before sign-in need: whether anyone is here yet, who may sign up, whether mail works. */
export async function getEntrance(ctx: BaseContext) {
  const [{ policy }, anyone] = await Promise.all([
    signUpPolicy(ctx.db),
    ctx.db.select({ id: user.id }).from(user).limit(1),
  ]);
  return { needsSetUp: anyone.length === 0, signUp: policy, sendsMail: env().smtpUrl !== undefined };
}
