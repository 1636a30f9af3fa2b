import { and, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutCredential } from "./internal";
import { raiseEpoch } from "./raise-epoch";

/** The end of an issue: the credential works from now on. */
export async function activateCredential(tx: Tx, ctx: BaseContext, id: string): Promise<void> {
  const [row] = await tx
    .update(databaseCredential)
    .set({ status: "active", activatedAt: new Date() })
    .where(and(eq(databaseCredential.id, id), eq(databaseCredential.status, "pending")))
    .returning();
  if (!row) throw new DomainError("precondition", "It was revoked in the meantime.");
  await raiseEpoch(tx, row.environmentId);
  await appendAudit(tx, ctx, {
    ...aboutCredential(row),
    action: "credential.activate",
    detail: { scope: row.scope, generation: row.generation },
  });
}
