import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutEnvironment, getEnvironmentRow, moveStatus, requireState } from "./internal";
import { orderAccess } from "./order-access";
import type { ArchiveEnvironment } from "./schema";

/** Takes it out of use and keeps its data; resume brings it back. */
export async function archiveEnvironment(
  ctx: EnvironmentContext,
  input: ArchiveEnvironment,
): Promise<{ status: "archived" }> {
  requireEnvironment(ctx, "environment.archive");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("archive", row);
    await moveStatus(tx, row, "archived", { statusReason: input.reason });
    await orderAccess(tx, ctx);
    await appendAudit(tx, ctx, {
      ...aboutEnvironment(ctx, row),
      action: "environment.archive",
      detail: { from: row.status, reason: input.reason },
    });
    return { status: "archived" };
  });
}
