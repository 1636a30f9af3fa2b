import type { PoolRow } from "./row";

/** A pool as operators see it: everything but its secrets. */
export function presentPool({
  tokenCipher: _,
  wrappedKey: __,
  kmsKeyId: ___,
  kekVersion: ____,
  alg: _____,
  ...facts
}: PoolRow) {
  return facts;
}
