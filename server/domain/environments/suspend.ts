import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutEnvironment, getEnvironmentRow, moveStatus, requireState } from "./internal";
import { orderAccess } from "./order-access";
import type { SuspendEnvironment } from "./schema";

/** Refuses every service until it is resumed; the data stays. */
export async function suspendEnvironment(
  ctx: EnvironmentContext,
  input: SuspendEnvironment,
): Promise<{ status: "suspended" }> {
  requireEnvironment(ctx, "environment.suspend");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("suspend", row);
    await moveStatus(tx, row, "suspended", { statusReason: input.reason });
    await orderAccess(tx, ctx);
    await appendAudit(tx, ctx, {
      ...aboutEnvironment(ctx, row),
      action: "environment.suspend",
      detail: { from: row.status, reason: input.reason },
    });
    return { status: "suspended" };
  });
}
