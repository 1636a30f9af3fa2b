import { and, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Tx } from "@/server/db/client";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { CredentialRow } from "./row";
import { credentialRefusal, type CredentialAction } from "./state";

/** The credential, when it is one of the context's environment; throws `not_found`. */
export async function getCredential(tx: Tx, ctx: EnvironmentContext, id: string): Promise<CredentialRow> {
  const [row] = await tx
    .select()
    .from(databaseCredential)
    .where(
      and(
        eq(databaseCredential.id, id),
        eq(databaseCredential.environmentId, ctx.environment.id),
        eq(databaseCredential.organizationId, ctx.organization.id),
      ),
    );
  if (!row) throw new DomainError("not_found", "There is no such credential.");
  return row;
}

export function requireState(action: CredentialAction, row: CredentialRow): void {
  const refusal = credentialRefusal(action, row);
  if (refusal) throw new DomainError("precondition", refusal);
}

export const aboutCredential = (
  row: Pick<CredentialRow, "id" | "name" | "organizationId" | "environmentId">,
) => ({
  subject: { kind: "credential", id: row.id, label: row.name },
  organizationId: row.organizationId,
  environmentId: row.environmentId,
});
