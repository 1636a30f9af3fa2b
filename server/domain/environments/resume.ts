import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutEnvironment, getEnvironmentRow, moveStatus, requireState } from "./internal";
import { orderAccess } from "./order-access";

/** Puts a suspended or archived environment back into use. */
export async function resumeEnvironment(ctx: EnvironmentContext): Promise<{ status: "active" }> {
  requireEnvironment(ctx, "environment.suspend");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("resume", row);
    await moveStatus(tx, row, "active", { statusReason: "" });
    await orderAccess(tx, ctx);
    await appendAudit(tx, ctx, {
      ...aboutEnvironment(ctx, row),
      action: "environment.resume",
      detail: { from: row.status },
    });
    return { status: "active" };
  });
}
