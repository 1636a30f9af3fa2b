import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutEnvironment, getEnvironmentRow, moveStatus, requireState } from "./internal";
import { orderAccess } from "./order-access";

/** Puts a deleted environment back into use, with its data and its credentials as they were. */
export async function recoverEnvironment(ctx: EnvironmentContext): Promise<{ status: "active" }> {
  requireEnvironment(ctx, "environment.delete");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("recover", row);
    await moveStatus(tx, row, "active", { statusReason: "", purgeAt: null });
    await orderAccess(tx, ctx);
    await appendAudit(tx, ctx, { ...aboutEnvironment(ctx, row), action: "environment.recover" });
    return { status: "active" };
  });
}
