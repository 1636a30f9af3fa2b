import { randomBytes } from "node:crypto";
import type { Secret } from "@/server/kernel/secret";
import { encrypt } from "./encrypt";
import { dekLength, type KekWrapper } from "./keys/key-provider";
import { keyProvider } from "./keys/provider";
import { aadOf, algorithm, type Sealed, type SealedFor } from "./sealed";

export interface Sealer {
  /** The secret under a fresh key of its own, which the key provider wraps. */
  seal(secret: Secret, boundTo: SealedFor): Promise<Sealed>;
}

export function createSealer(keys: KekWrapper): Sealer {
  return {
    async seal(secret, boundTo) {
      const dek = randomBytes(dekLength);
      const plain = Buffer.from(secret.reveal());
      try {
        const tokenCipher = encrypt(dek, plain, aadOf(boundTo)).toString("base64url");
        const { bytes, keyId, version } = await keys.wrap(dek, { id: boundTo.id });
        const wrappedKey = Buffer.from(bytes).toString("base64url");
        return { tokenCipher, wrappedKey, kmsKeyId: keyId, kekVersion: version, alg: algorithm };
      } finally {
        dek.fill(0);
        plain.fill(0);
      }
    },
  };
}

/** Seals with this installation's keys. Cannot open: that is ./open, which pages cannot import. */
export const seal: Sealer["seal"] = (secret, boundTo) => createSealer(keyProvider()).seal(secret, boundTo);
