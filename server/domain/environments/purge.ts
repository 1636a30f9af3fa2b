import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutEnvironment, getEnvironmentRow, moveStatus, requireState } from "./internal";
import { orderDeletion } from "./order-deletion";
import type { DeleteEnvironment } from "./schema";

/** Ends the recovery window of a deleted environment now: its data goes for good. */
export async function purgeEnvironment(
  ctx: EnvironmentContext,
  input: DeleteEnvironment,
): Promise<{ operation: { id: string } }> {
  requireEnvironment(ctx, "environment.delete");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("purge", row);
    if (input.confirm !== row.slug) {
      throw new DomainError("invalid", `Type ${row.slug} to confirm.`, { field: "confirm" });
    }
    await moveStatus(tx, row, "deleting", { purgeAt: null });
    await appendAudit(tx, ctx, { ...aboutEnvironment(ctx, row), action: "environment.purge" });
    const place = `${ctx.organization.slug}/${row.slug}`;
    return { operation: await orderDeletion(tx, ctx, { ...row, place }) };
  });
}
