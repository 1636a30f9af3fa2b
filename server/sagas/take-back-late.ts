import { eq } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import { logger } from "@/server/kernel/logger";
import { stepOf, type Run } from "./run-state";

/**
 * For a worker that has lost its lease: what it made may have come after others had taken everything
 * back. An undo that begins later than this look finds it by itself.
 */
export async function takeBackLate(run: Run): Promise<void> {
  const { ctx } = run;
  try {
    const [now] = await ctx.db
      .select({ status: operation.status })
      .from(operation)
      .where(eq(operation.id, run.row.id));
    if (now?.status !== "undoing" && now?.status !== "failed") return;
    for (const step of run.steps.toReversed()) {
      const code = stepOf(run, step.name);
      if (step.status !== "pending" && code.kind === "effect" && code.owned) await code.undo?.(ctx);
    }
  } catch (error) {
    logger.error({ err: error, operation: run.row.id }, "a late step was not taken back");
  }
}
