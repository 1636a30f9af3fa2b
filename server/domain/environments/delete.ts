import { eq } from "drizzle-orm";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import {
  aboutEnvironment,
  getEnvironmentRow,
  moveStatus,
  requireState,
  type EnvironmentRow,
} from "./internal";
import type { DeleteEnvironment } from "./schema";

/** Orders the end of an environment: its database first, its registration last. There is no way back. */
export async function deleteEnvironment(
  ctx: EnvironmentContext,
  input: DeleteEnvironment,
): Promise<{ operation: { id: string } }> {
  requireEnvironment(ctx, "environment.delete");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("delete", row);
    if (input.confirm !== row.slug) {
      throw new DomainError("invalid", `Type ${row.slug} to confirm.`, { field: "confirm" });
    }
    await moveStatus(tx, row, "deleting");
    await appendAudit(tx, ctx, {
      ...aboutEnvironment(ctx, row),
      action: "environment.delete",
      detail: { name: row.name },
    });
    return { operation: await orderDeletion(tx, ctx, row) };
  });
}

async function orderDeletion(tx: Tx, ctx: EnvironmentContext, row: EnvironmentRow): Promise<{ id: string }> {
  const [database] = await tx
    .select()
    .from(environmentDatabase)
    .where(eq(environmentDatabase.environmentId, row.id));
  if (!database) throw new Error(`Environment ${row.id} has no database row.`);
  return enqueue(tx, ctx, "delete-environment", {
    input: { environmentId: row.id, databaseName: database.databaseName, driver: database.driver },
    subject: `${ctx.organization.slug}/${row.slug}`,
    organizationId: ctx.organization.id,
    environmentId: row.id,
  });
}
