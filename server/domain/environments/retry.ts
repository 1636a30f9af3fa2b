import { getDatabaseRow, homeOf } from "./home";
import { and, eq, inArray } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { databaseNow } from "@/server/db/clock";
import { newId } from "@/server/kernel/ids";
import { enqueue } from "@/server/sagas/enqueue";
import {
  aboutEnvironment,
  getEnvironmentRow,
  moveStatus,
  requireState,
  type EnvironmentRow,
} from "./internal";

/**
 * Tries again: a failed provisioning gets a new operation, a deletion that waits for its
 * next attempt gets it now.
 */
export async function retryEnvironment(ctx: EnvironmentContext): Promise<{ operation: { id: string } }> {
  requireEnvironment(ctx, "environment.retry");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("retry", row);
    const again = row.status === "failed" ? await provisionAgain(tx, ctx, row) : await hurry(tx, row);
    await appendAudit(tx, ctx, {
      ...aboutEnvironment(ctx, row),
      action: "environment.retry",
      detail: { operation: again.id },
    });
    return { operation: again };
  });
}

async function provisionAgain(tx: Tx, ctx: EnvironmentContext, row: EnvironmentRow): Promise<{ id: string }> {
  const database = await getDatabaseRow(tx, row.id);
  await moveStatus(tx, row, "provisioning", { statusReason: "" });
  return enqueue(tx, ctx, "provision-environment", {
    input: {
      ...homeOf(database),
      organizationId: row.organizationId,
      databaseId: database.id,
      credentialId: newId(),
    },
    subject: `${ctx.organization.slug}/${row.slug}`,
    organizationId: ctx.organization.id,
    environmentId: row.id,
  });
}

async function hurry(tx: Tx, row: EnvironmentRow): Promise<{ id: string }> {
  const [unfinished] = await tx
    .update(operation)
    .set({ runAfter: databaseNow })
    .where(
      and(eq(operation.environmentId, row.id), inArray(operation.status, ["queued", "running", "undoing"])),
    )
    .returning({ id: operation.id });
  if (!unfinished) throw new DomainError("conflict", "The deletion has ended in the meantime. Look again.");
  return unfinished;
}
