import { getDatabaseRow, homeOf, type DatabaseRow } from "@/server/domain/environments/home";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { requireConnectable } from "@/server/domain/environments/require-connectable";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { enqueue } from "@/server/sagas/enqueue";
import { addressOf } from "./address";
import { countAlive, mostCredentials } from "./count";
import { aboutCredential } from "./internal";
import { requireScopeOf } from "./require-scope";
import { endOf } from "./lifetime";
import { getCredentialRow, type CredentialRow } from "./row";
import { presentCredential } from "./present";
import type { IssueCredential } from "./schema";
import { openWindow } from "./wait";

/**
 * Issues a login to the environment's database for a person, a script or a tool, and waits
 * for it. The secret is in this answer and never again; null when the database did not take
 * it in time: then follow the operation, and issue another one.
 */
export async function issueCredential(ctx: EnvironmentContext, input: IssueCredential) {
  requireEnvironment(ctx, "credential.issue");
  const window = await openWindow();
  const { database, credential, operation } = await withTransaction(ctx.db, async (tx) => {
    await requireConnectable(tx, ctx);
    const found = await getDatabaseRow(tx, ctx.environment.id);
    requireScopeOf(found, input.scope);
    if ((await countAlive(tx, found.id)) >= mostCredentials)
      throw new DomainError(
        "limit",
        `An environment has at most ${mostCredentials} credentials that work. Revoke one.`,
      );
    const row = await insertPending(tx, ctx, found, input);
    await appendAudit(tx, ctx, {
      ...aboutCredential(row),
      action: "credential.issue",
      detail: { scope: row.scope, expiresAt: row.expiresAt?.toISOString() ?? null },
    });
    const ordered = await enqueue(tx, ctx, "issue-credential", {
      input: { ...homeOf(found), credentialId: row.id, reveal: window.reveal },
      subject: `${ctx.organization.slug}/${ctx.environment.slug}: ${row.name}`,
      organizationId: ctx.organization.id,
      environmentId: ctx.environment.id,
      lockKey: row.seriesId,
    });
    return { database: found, credential: row, operation: ordered };
  });
  const secret = await window.wait(ctx.db, operation.id);
  return {
    credential: presentCredential(await getCredentialRow(ctx.db, credential.id)),
    operation,
    secret: secret?.reveal() ?? null,
    connection: await addressOf(ctx, database, credential.id),
  };
}

async function insertPending(
  tx: Tx,
  ctx: EnvironmentContext,
  database: DatabaseRow,
  { name, scope, days }: IssueCredential,
): Promise<CredentialRow> {
  const issuedAt = new Date();
  const id = newId();
  const [row] = await tx
    .insert(databaseCredential)
    .values({
      id,
      seriesId: id,
      generation: 1,
      databaseId: database.id,
      environmentId: ctx.environment.id,
      organizationId: ctx.organization.id,
      audience: "direct",
      name,
      scope,
      status: "pending",
      issuedAt,
      expiresAt: endOf(database.driver, issuedAt, days),
      createdBy: ctx.actor.label,
    })
    .returning();
  if (!row) throw new Error("The credential was not inserted.");
  return row;
}
