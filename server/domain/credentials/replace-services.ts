import { getDatabaseRow, homeOf } from "@/server/domain/environments/home";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { enqueue } from "@/server/sagas/enqueue";
import { endOf, renewalDays } from "./lifetime";
import { requireScopeOf } from "./require-scope";
import type { CredentialScope } from "./names";

interface Wanted {
  organizationId: string;
  environmentId: string;
  scope: CredentialScope;
}

/** Orders a credential for services of this scope: the first, or the one after a revoked one. */
export async function replaceServices(
  tx: Tx,
  ctx: BaseContext,
  { organizationId, environmentId, scope }: Wanted,
  subject: string,
): Promise<{ operation: { id: string } }> {
  const database = await getDatabaseRow(tx, environmentId);
  requireScopeOf(database, scope);
  const id = newId();
  const issuedAt = new Date();
  await tx.insert(databaseCredential).values({
    id,
    seriesId: id,
    generation: 1,
    databaseId: database.id,
    environmentId,
    organizationId,
    audience: "services",
    name: `Services, ${scope}`,
    scope,
    status: "pending",
    issuedAt,
    expiresAt: endOf(database.driver, issuedAt, null),
    rotateEveryDays: renewalDays(database.driver),
    createdBy: ctx.actor.label,
  });
  const operation = await enqueue(tx, ctx, "issue-credential", {
    input: { ...homeOf(database), credentialId: id, reveal: null },
    subject,
    organizationId,
    environmentId,
    lockKey: `services:${database.id}:${scope}`,
  });
  return { operation };
}
