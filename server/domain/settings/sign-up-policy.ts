import { eq } from "drizzle-orm";
import { setting } from "@/drizzle/control/schema/settings";
import type { Db } from "@/server/db/client";
import { env } from "@/server/kernel/env";
import { SignUpPolicy } from "./schema";

/** Who may sign up. FREEHOLD_SIGN_UP decides when it is set; otherwise the operators' setting, `open` at first. */
export async function signUpPolicy(db: Db): Promise<{ policy: SignUpPolicy; fixedByEnvironment: boolean }> {
  const fixed = env().signUp;
  if (fixed) return { policy: fixed, fixedByEnvironment: true };
  const [row] = await db.select().from(setting).where(eq(setting.key, "sign_up"));
  return { policy: row ? SignUpPolicy.parse(row.value) : "open", fixedByEnvironment: false };
}
