import { algorithm, type Sealed } from "@/server/kernel/seal/sealed";

type Columns = { [Column in keyof Sealed]: string | null };

/** The sealed secret of a row, or null where it has none any more. */
export function sealedOf({ tokenCipher, wrappedKey, kmsKeyId, kekVersion, alg }: Columns): Sealed | null {
  if (tokenCipher === null || wrappedKey === null || kmsKeyId === null || kekVersion === null) return null;
  return alg === algorithm ? { tokenCipher, wrappedKey, kmsKeyId, kekVersion, alg } : null;
}

/** What a row holds when its secret is gone for good. */
export const shredded = {
  tokenCipher: null,
  wrappedKey: null,
  kmsKeyId: null,
  kekVersion: null,
  alg: null,
} as const satisfies Columns;
