import { createHash, randomBytes } from "node:crypto";

/** A new key: `fh_` and 32 random bytes. 256 bits need no slow hash. */
export function newApiKey(): string {
  return `fh_${randomBytes(32).toString("base64url")}`;
}

export function hashApiKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
