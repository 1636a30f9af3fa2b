import { and, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutCredential, getCredential, requireState } from "./internal";
import type { ScheduleRotation } from "./schema";

/** Has the credential of services rotated by itself every so many days. A direct one has somebody to hand the new secret to. */
export async function scheduleRotation(
  ctx: EnvironmentContext,
  input: ScheduleRotation,
): Promise<{ everyDays: number | null }> {
  requireEnvironment(ctx, "credential.rotate");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getCredential(tx, ctx, input.credential);
    requireState("schedule", row);
    if (row.audience !== "services")
      throw new DomainError(
        "precondition",
        "Only the credentials of services rotate by themselves: nobody would see the new secret of this one.",
      );
    await tx
      .update(databaseCredential)
      .set({ rotateEveryDays: input.everyDays })
      .where(and(eq(databaseCredential.id, row.id), eq(databaseCredential.status, "active")));
    await appendAudit(tx, ctx, {
      ...aboutCredential(row),
      action: "credential.schedule",
      detail: { everyDays: input.everyDays },
    });
    return { everyDays: input.everyDays };
  });
}
