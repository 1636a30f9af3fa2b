import { createHash } from "node:crypto";
import { CompactEncrypt, importJWK } from "jose";
import { z } from "zod";
import { sealedOf } from "@/server/db/sealed";
import { getCredentialRow, type CredentialRow } from "@/server/domain/credentials/row";
import type { LoginRequest } from "@/server/drivers/driver";
import type { WorkContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { environmentId } from "@/server/kernel/ids";
import { open } from "@/server/kernel/seal/open";
import { seal } from "@/server/kernel/seal/seal";
import { algorithm, type Sealed } from "@/server/kernel/seal/sealed";
import type { Secret } from "@/server/kernel/secret";

/** What a sealed secret is bound to, beside its kind. */
export interface Bound {
  id: string;
  organizationId: string;
  environmentId: string;
  databaseId: string;
  scope: string;
  generation: number;
}

export const SealedSecret = z.object({
  sealed: z.object({
    tokenCipher: z.string(),
    wrappedKey: z.string(),
    kmsKeyId: z.string(),
    kekVersion: z.string(),
    alg: z.literal(algorithm),
  }),
  tokenHash: z.string(),
});

interface Home {
  environmentId: string;
  databaseName: string;
  clusterId: string;
  poolId: string | null;
}

export const identityOf = (home: Home) => ({
  tenant: environmentId(home.environmentId),
  databaseName: home.databaseName,
});

export const boundTo = ({ id, organizationId, environmentId: of, databaseId, scope, generation }: Bound) => ({
  kind: "credential" as const,
  id,
  organizationId,
  environmentId: of,
  databaseId,
  scope,
  generation,
});

/** Mints a secret and seals it. Repeated, it mints another one, so nothing may be installed before this is journalled. */
export async function mintSealed(
  ctx: Pick<WorkContext, "drivers">,
  home: Home,
  login: LoginRequest & { bound: Bound },
): Promise<{ secret: Secret; result: z.infer<typeof SealedSecret> }> {
  const driver = await ctx.drivers.of(home);
  const secret = await driver.mintSecret(identityOf(home), login);
  const sealed = await seal(secret, boundTo(login.bound));
  return { secret, result: { sealed, tokenHash: hashOf(secret) } };
}

/** How the data server knows a token again. */
const hashOf = (secret: Secret): string => createHash("sha256").update(secret.reveal()).digest("hex");

/** The login of a credential row, its secret opened. */
export async function loginOf(row: CredentialRow, sealed: Sealed | null = sealedOf(row)) {
  if (!sealed) throw new DomainError("precondition", "The secret of this credential is gone.");
  const secret = await open(sealed, boundTo(row));
  const { audience, scope, expiresAt } = row;
  return { credentialId: row.id, audience, scope, expiresAt, secret };
}

/** The credential of this run; one that was revoked in the meantime ends the run. */
export async function getPending(ctx: WorkContext, credentialId: string): Promise<CredentialRow> {
  const row = await getCredentialRow(ctx.db, credentialId);
  if (row.status === "revoked") throw new DomainError("precondition", "It was revoked in the meantime.");
  return row;
}

/** The secret for the one request that waits for it, and for nobody else. */
export async function revealTo(
  reveal: { kty: string; crv: string; x: string } | null,
  secret: Secret,
): Promise<string | null> {
  if (!reveal) return null;
  return new CompactEncrypt(new TextEncoder().encode(secret.reveal()))
    .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM" })
    .encrypt(await importJWK(reveal, "ECDH-ES"));
}
