import { and, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { shredded } from "@/server/db/sealed";
import type { BaseContext } from "@/server/kernel/context";
import { aboutCredential } from "./internal";
import { raiseEpoch } from "./raise-epoch";

/** The end of an issue or a rotation that was undone: the new credential never works; an old one stays as it is. */
export async function abandonCredential(tx: Tx, ctx: BaseContext, id: string, reason: string): Promise<void> {
  const [row] = await tx
    .update(databaseCredential)
    .set({ ...shredded, tokenHash: null, status: "revoked", revokedAt: new Date(), revokeReason: reason })
    .where(and(eq(databaseCredential.id, id), eq(databaseCredential.status, "pending")))
    .returning();
  if (!row) return;
  // It was logged in with to prove it, so the data server may know it.
  await raiseEpoch(tx, row.environmentId);
  await appendAudit(tx, ctx, { ...aboutCredential(row), action: "credential.fail", detail: { reason } });
}
