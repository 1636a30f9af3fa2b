import { hash } from "node:crypto";

/** SHA-256 of a body in base64url, as a signed context carries it. Text is taken as UTF-8. */
export function digestOf(body: Uint8Array | string): string {
  return hash("sha256", body, "base64url");
}

/** The digest of a body that is not there. */
export const emptyDigest = digestOf("");
