import { eq, max } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import { withTransaction } from "@/server/db/transaction";
import type { BaseContext } from "@/server/kernel/context";
import { orderCheck } from "./order-check";

const everyMs = 86_400_000;

/** Orders a comparison when none was ordered within a day. Any number of processes may ask: one orders. */
export async function checkDue(ctx: BaseContext, now = new Date()): Promise<void> {
  await withTransaction(ctx.db, async (tx) => {
    const [newest] = await tx
      .select({ at: max(operation.createdAt) })
      .from(operation)
      .where(eq(operation.saga, "reconcile"));
    const at = newest?.at ?? null;
    if (at === null || now.getTime() - at.getTime() >= everyMs) await orderCheck(tx, ctx);
  });
}
