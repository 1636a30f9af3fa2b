import { and, eq } from "drizzle-orm";
import { environmentVisit } from "@/drizzle/control/schema/environments";
import { session } from "@/drizzle/control/schema/people";
import { withTransaction } from "@/server/db/transaction";
import type { EnvironmentContext } from "@/server/kernel/context";
import { forgetIdentity } from "@/server/kernel/identity-cache";

/** Remembers the environment as the one to land in next time, and as recently used. */
export async function visitEnvironment(
  ctx: EnvironmentContext,
): Promise<{ organization: string; environment: string }> {
  const visitedAt = new Date();
  await withTransaction(ctx.db, async (tx) => {
    await tx
      .insert(environmentVisit)
      .values({ userId: ctx.user.id, environmentId: ctx.environment.id, visitedAt })
      .onConflictDoUpdate({
        target: [environmentVisit.userId, environmentVisit.environmentId],
        set: { visitedAt },
      });
    if (ctx.sessionToken) {
      await tx
        .update(session)
        .set({ activeEnvironmentId: ctx.environment.id })
        .where(and(eq(session.token, ctx.sessionToken), eq(session.userId, ctx.user.id)));
    }
  });
  forgetIdentity(ctx.user.id);
  return { organization: ctx.organization.slug, environment: ctx.environment.slug };
}
