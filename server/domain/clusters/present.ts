import type { ClusterRow } from "./row";

/** A cluster as operators see it: everything but its secret. */
export function presentCluster(row: ClusterRow) {
  const { tokenCipher, wrappedKey: _, kmsKeyId: __, kekVersion: ___, alg: ____, ...facts } = row;
  return { ...facts, hasSecret: tokenCipher !== null };
}
