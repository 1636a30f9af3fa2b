import { and, eq, inArray } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { shredded } from "@/server/db/sealed";
import type { BaseContext } from "@/server/kernel/context";
import { aboutCredential } from "./internal";
import { findCredentialRow } from "./row";
import { raiseEpoch } from "./raise-epoch";

interface Retirement {
  credentialId: string;
  /** True where ending this login ended every other one of the database too. */
  endedAll: boolean;
}

/** Records that a login is dead, and those that died with it. Its sealed secret goes for good. Fine when it is gone. */
export async function retireCredential(
  tx: Tx,
  ctx: BaseContext,
  input: Retirement,
): Promise<{ detail: string }> {
  const row = await findCredentialRow(tx, input.credentialId);
  if (!row) return { detail: "It went with its environment" };
  const alive = inArray(databaseCredential.status, ["pending", "active", "rotating"]);
  const which = input.endedAll
    ? eq(databaseCredential.databaseId, row.databaseId)
    : eq(databaseCredential.id, row.id);
  const ended = await tx
    .update(databaseCredential)
    .set({
      ...shredded,
      tokenHash: null,
      status: "revoked",
      revokedAt: new Date(),
      revokeReason: input.endedAll ? "All logins of the database were ended together." : "Its time was up.",
    })
    .where(and(which, alive))
    .returning();
  if (ended.length > 0) await raiseEpoch(tx, row.environmentId);
  // One that a person revoked was refused at once; its entry here says that it is gone at the database too.
  const told = ended.some(({ id }) => id === row.id) ? ended : [...ended, row];
  for (const one of told)
    await appendAudit(tx, ctx, {
      ...aboutCredential(one),
      action: "credential.retire",
      detail: { scope: one.scope },
    });
  return { detail: ended.length > 1 ? `${ended.length} credentials ended` : "It is dead" };
}
