import { createCipheriv, randomBytes, type CipherKey } from "node:crypto";

export const ivLength = 12;
export const tagLength = 16;

/** AES-256-GCM under a random IV. Gives IV, ciphertext and tag in one. */
export function encrypt(key: CipherKey, plain: Uint8Array, aad: Uint8Array): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv("aes-256-gcm", key, iv, { authTagLength: tagLength });
  cipher.setAAD(aad);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
