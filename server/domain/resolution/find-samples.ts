import { desc, eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";

/** Environments of this installation to try things with: two that serve, and one that is suspended. Operators only. */
export async function findSamples(ctx: UserContext) {
  requireOperator(ctx);
  const newest = (status: "active" | "suspended", most: number) =>
    ctx.db
      .select({ id: environment.id, hostname: environment.hostname })
      .from(environment)
      .where(eq(environment.status, status))
      .orderBy(desc(environment.id))
      .limit(most);
  const [active, suspended] = await Promise.all([newest("active", 2), newest("suspended", 1)]);
  return { active, suspended };
}
