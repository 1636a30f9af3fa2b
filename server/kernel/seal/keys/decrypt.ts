import { createDecipheriv, type CipherKey } from "node:crypto";
import { ivLength, tagLength } from "@/server/kernel/seal/encrypt";

/** The plain bytes of what `encrypt` gave. Throws when a bit, the key or the `aad` differs. */
export function decrypt(key: CipherKey, sealed: Uint8Array, aad: Uint8Array): Buffer {
  if (sealed.length < ivLength + tagLength) throw new Error("The ciphertext is too short.");
  const iv = sealed.subarray(0, ivLength);
  // Without authTagLength Node takes tags of four bytes.
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagLength });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  const plain = decipher.update(sealed.subarray(ivLength, -tagLength));
  try {
    decipher.final();
  } catch (error) {
    plain.fill(0);
    throw error;
  }
  return plain;
}
