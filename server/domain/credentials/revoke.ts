import { getDatabaseRow, homeOf } from "@/server/domain/environments/home";
import { and, eq, ne } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import { shredded } from "@/server/db/sealed";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { enqueue } from "@/server/sagas/enqueue";
import { aboutCredential, getCredential, requireState } from "./internal";
import { raiseEpoch } from "./raise-epoch";
import { replaceServices } from "./replace-services";
import type { RevokeCredential } from "./schema";

/**
 * Ends a credential now: the registry refuses it from this moment, the operation ends its
 * sessions at the database. Services get a new one by themselves.
 */
export async function revokeCredential(
  ctx: EnvironmentContext,
  input: RevokeCredential,
): Promise<{ status: "revoked"; operation: { id: string } }> {
  requireEnvironment(ctx, "credential.revoke");
  return withTransaction(ctx.db, async (tx) => {
    const row = await getCredential(tx, ctx, input.credential);
    requireState("revoke", row);
    const claimed = await tx
      .update(databaseCredential)
      .set({
        ...shredded,
        tokenHash: null,
        status: "revoked",
        revokedAt: new Date(),
        revokeReason: input.reason,
      })
      .where(and(eq(databaseCredential.id, row.id), ne(databaseCredential.status, "revoked")))
      .returning({ id: databaseCredential.id });
    if (claimed.length === 0) throw new DomainError("conflict", "It was revoked in the meantime.");
    await raiseEpoch(tx, row.environmentId);
    await appendAudit(tx, ctx, {
      ...aboutCredential(row),
      action: "credential.revoke",
      detail: { scope: row.scope, reason: input.reason },
    });
    const database = await getDatabaseRow(tx, row.environmentId);
    const subject = `${ctx.organization.slug}/${ctx.environment.slug}: ${row.name}`;
    const operation = await enqueue(tx, ctx, "retire-credential", {
      input: { ...homeOf(database), credentialId: row.id },
      subject,
      organizationId: row.organizationId,
      environmentId: row.environmentId,
      lockKey: `retire:${row.id}`,
    });
    if (row.audience === "services" && row.status === "active") await replaceServices(tx, ctx, row, subject);
    return { status: "revoked", operation };
  });
}
