import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutEnvironment, getEnvironmentRow, requireState } from "./internal";
import type { UpdateEnvironment } from "./schema";

/** Renames or describes it. The slug stays: addresses and host names depend on it. */
export async function updateEnvironment(
  ctx: EnvironmentContext,
  input: UpdateEnvironment,
): Promise<{ name: string; description: string }> {
  requireEnvironment(ctx, "environment.update");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("update", row);
    const after = { name: input.name ?? row.name, description: input.description ?? row.description };
    const detail = {
      ...(after.name === row.name ? {} : { name: { from: row.name, to: after.name } }),
      ...(after.description === row.description
        ? {}
        : { description: { from: row.description, to: after.description } }),
    };
    if (Object.keys(detail).length === 0) return after;
    await tx
      .update(environment)
      .set({ ...after, updatedAt: new Date() })
      .where(eq(environment.id, row.id));
    await appendAudit(tx, ctx, { ...aboutEnvironment(ctx, row), action: "environment.update", detail });
    return after;
  });
}
