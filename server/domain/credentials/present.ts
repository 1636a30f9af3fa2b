import type { CredentialRow } from "./row";

/** A credential as its environment's members see it: nothing that the secret could be made of. */
export function presentCredential(row: CredentialRow) {
  const { id, seriesId, generation, audience, name, scope, status, issuedAt, activatedAt, expiresAt } = row;
  const { revokeAfter, revokedAt, revokeReason, rotatedFrom, rotateEveryDays, lastUsedAt, createdBy } = row;
  return {
    id,
    seriesId,
    generation,
    audience,
    name,
    scope,
    status,
    issuedAt,
    activatedAt,
    expiresAt,
    revokeAfter,
    revokedAt,
    revokeReason,
    rotatedFrom,
    rotateEveryDays,
    lastUsedAt,
    createdBy,
  };
}
