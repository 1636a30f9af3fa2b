import { and, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutCredential } from "./internal";
import { raiseEpoch } from "./raise-epoch";

interface Flip {
  credentialId: string;
  replaces: string;
  overlapSeconds: number;
}

/**
 * Puts the new generation in the place of the old one. Both work until the overlap is over;
 * then a sweep ends the old one, whatever happened to whoever rotated.
 */
export async function flipCredential(tx: Tx, ctx: BaseContext, input: Flip): Promise<{ detail: string }> {
  const now = new Date();
  const revokeAfter = new Date(now.getTime() + input.overlapSeconds * 1000);
  const [old] = await tx
    .update(databaseCredential)
    .set({ status: "rotating", revokeAfter })
    .where(and(eq(databaseCredential.id, input.replaces), eq(databaseCredential.status, "active")))
    .returning({ id: databaseCredential.id });
  const [row] = await tx
    .update(databaseCredential)
    .set({ status: "active", activatedAt: now })
    .where(and(eq(databaseCredential.id, input.credentialId), eq(databaseCredential.status, "pending")))
    .returning();
  if (!row || !old) throw new DomainError("precondition", "It was revoked in the meantime.");
  await raiseEpoch(tx, row.environmentId);
  await appendAudit(tx, ctx, {
    ...aboutCredential(row),
    action: "credential.rotate",
    detail: { generation: row.generation, replaces: old.id, oldEndsAt: revokeAfter.toISOString() },
  });
  return { detail: `The old one ends in ${input.overlapSeconds} s` };
}
