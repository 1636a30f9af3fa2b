import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutEnvironment, getEnvironmentRow, requireState } from "./internal";
import type { ProtectEnvironment } from "./schema";

/** A protected environment can be neither archived nor deleted. Only an organization admin may change that. */
export async function protectEnvironment(
  ctx: EnvironmentContext,
  input: ProtectEnvironment,
): Promise<{ isProtected: boolean }> {
  requireOrganization(ctx, "environment.protect");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getEnvironmentRow(tx, ctx);
    requireState("protect", row);
    const { isProtected } = input;
    if (row.isProtected === isProtected) return { isProtected };
    await tx
      .update(environment)
      .set({ isProtected, updatedAt: new Date() })
      .where(eq(environment.id, row.id));
    const action = isProtected ? "environment.protect" : "environment.unprotect";
    await appendAudit(tx, ctx, { ...aboutEnvironment(ctx, row), action });
    return { isProtected };
  });
}
