import type { Tx } from "@/server/db/client";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { recoveryDays } from "@/server/domain/settings/recovery-days";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import {
  aboutEnvironment,
  getEnvironmentRow,
  moveStatus,
  requireState,
  type EnvironmentRow,
} from "./internal";
import { orderAccess } from "./order-access";
import { orderDeletion } from "./order-deletion";
import type { DeleteEnvironment } from "./schema";

const dayMs = 24 * 3600 * 1000;

/**
 * Refuses everybody from now on and keeps the data for the recovery window, in which the
 * slug stays taken. What never served, or where there is no window, is deleted at once:
 * then there is an operation to follow.
 */
export async function deleteEnvironment(
  ctx: EnvironmentContext,
  input: DeleteEnvironment,
): Promise<{ operation: { id: string } | null; recoverableUntil: Date | null }> {
  requireEnvironment(ctx, "environment.delete");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("delete", row);
    if (input.confirm !== row.slug) {
      throw new DomainError("invalid", `Type ${row.slug} to confirm.`, { field: "confirm" });
    }
    const days = row.status === "failed" ? 0 : await recoveryDays(tx);
    const purgeAt = days > 0 ? new Date(Date.now() + days * dayMs) : null;
    const operation = purgeAt ? await keep(tx, ctx, row, purgeAt) : await drop(tx, ctx, row);
    await appendAudit(tx, ctx, {
      ...aboutEnvironment(ctx, row),
      action: "environment.delete",
      detail: { name: row.name, recoverableUntil: purgeAt?.toISOString() ?? null },
    });
    return { operation, recoverableUntil: purgeAt };
  });
}

async function keep(tx: Tx, ctx: EnvironmentContext, row: EnvironmentRow, purgeAt: Date): Promise<null> {
  await moveStatus(tx, row, "deleted", { purgeAt });
  await orderAccess(tx, ctx);
  return null;
}

async function drop(tx: Tx, ctx: EnvironmentContext, row: EnvironmentRow): Promise<{ id: string }> {
  await moveStatus(tx, row, "deleting");
  return orderDeletion(tx, ctx, { ...row, place: `${ctx.organization.slug}/${row.slug}` });
}
