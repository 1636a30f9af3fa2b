import { eq } from "drizzle-orm";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { raiseEpoch } from "@/server/domain/credentials/raise-epoch";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import { getLimitsRow, presentLimits } from "./get-limits";
import { homeOf } from "./home";
import { requireState } from "./internal";
import type { EnvironmentLimits } from "./limits";
import type { SetLimits } from "./schema";
import { limitRefusal } from "./state";

type LimitsRow = Awaited<ReturnType<typeof getLimitsRow>>;

/**
 * Sets what an environment may hold; what is left out stays. A pool hears of it by an operation
 * of its own, the data server by the change of epoch. Operators only. Throws `precondition` for a
 * limit that nothing would hold the environment to.
 */
export async function setLimits(ctx: UserContext, { environment: id, ...asked }: SetLimits) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const row = await getLimitsRow(tx, id);
    requireState("setLimits", row.environment);
    const { storageLimitMb, rowLimit } = row.database;
    const after = {
      storageLimitMb: asked.storageLimitMb ?? storageLimitMb,
      rowLimit: asked.rowLimit === undefined ? rowLimit : asked.rowLimit,
    };
    const detail = changesOf(row, after);
    if (Object.keys(detail).length === 0) return presentLimits(row);
    await tx
      .update(environmentDatabase)
      .set({ ...after, updatedAt: new Date() })
      .where(eq(environmentDatabase.environmentId, id));
    await raiseEpoch(tx, id);
    await orderLimits(tx, ctx, row);
    await appendAudit(tx, ctx, {
      action: "environment.set_limits",
      subject: { kind: "environment", id, label: row.environment.slug },
      organizationId: row.organization.id,
      environmentId: id,
      detail,
    });
    return presentLimits({ ...row, database: { ...row.database, ...after } });
  });
}

/** What differs, each with what it was before; throws for what this environment cannot have. */
function changesOf({ database }: LimitsRow, after: EnvironmentLimits) {
  const changed = (["storageLimitMb", "rowLimit"] as const).filter(
    (limit) => database[limit] !== after[limit],
  );
  for (const limit of changed) {
    const refusal = limitRefusal(limit, database);
    if (refusal) throw new DomainError("precondition", refusal, { field: limit });
  }
  return Object.fromEntries(changed.map((limit) => [limit, { from: database[limit], to: after[limit] }]));
}

async function orderLimits(tx: Tx, ctx: UserContext, row: LimitsRow): Promise<void> {
  const { poolId, ...home } = homeOf(row.database);
  if (poolId === null) return;
  await enqueue(tx, ctx, "apply-limits", {
    input: { ...home, poolId },
    subject: `${row.organization.slug}/${row.environment.slug}`,
    organizationId: row.organization.id,
    environmentId: row.environment.id,
    lockKey: null,
  });
}
