import { and, eq, isNull } from "drizzle-orm";
import { service } from "@/drizzle/control/schema/services";
import { contextKey } from "@/drizzle/control/schema/tokens";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { ServiceRef } from "./schema";

/**
 * Refuses the service's key from now on, and with it what its processes sign. Credentials that
 * it holds go on until they are rotated. Operators only.
 */
export async function revokeService(ctx: UserContext, input: ServiceRef): Promise<{ revoked: true }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const [row] = await tx
      .update(service)
      .set({ revokedAt: new Date() })
      .where(and(eq(service.id, input.service), isNull(service.revokedAt)))
      .returning({ id: service.id, name: service.name });
    if (!row) throw new DomainError("not_found", "There is no such service, or it is revoked already.");
    await tx.delete(contextKey).where(eq(contextKey.serviceId, row.id));
    await appendAudit(tx, ctx, {
      action: "service.revoke",
      subject: { kind: "service", id: row.id, label: row.name },
    });
    return { revoked: true };
  });
}
