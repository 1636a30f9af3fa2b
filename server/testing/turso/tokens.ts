import { generateKeyPair, jwtVerify, SignJWT, type CryptoKey } from "jose";
import { z } from "zod";

export type Authorization = "full-access" | "read-only";

/** Signs tokens, and knows them again until its keys are changed. */
export interface Signer {
  sign(authorization: Authorization, seconds: number | null): Promise<string>;
  /** Null for a token that is not good now. `now` is in milliseconds. */
  check(token: string, now: number): Promise<Authorization | null>;
  rotate(): Promise<void>;
}

const Claims = z.object({ a: z.enum(["rw", "ro"]) });

export async function createSigner(subject: string, now: () => number): Promise<Signer> {
  let keys: { privateKey: CryptoKey; publicKey: CryptoKey } = await generateKeyPair("EdDSA");
  return {
    async sign(authorization, seconds) {
      const issuedAt = Math.floor(now() / 1_000);
      const claims = new SignJWT({ a: authorization === "read-only" ? "ro" : "rw", id: subject })
        .setProtectedHeader({ alg: "EdDSA", typ: "JWT" })
        .setIssuedAt(issuedAt);
      if (seconds !== null) claims.setExpirationTime(issuedAt + seconds);
      return claims.sign(keys.privateKey);
    },
    async check(token, at) {
      try {
        const { payload } = await jwtVerify(token, keys.publicKey, { currentDate: new Date(at) });
        return Claims.parse(payload).a === "ro" ? "read-only" : "full-access";
      } catch {
        return null;
      }
    },
    async rotate() {
      keys = await generateKeyPair("EdDSA");
    },
  };
}

const units = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 };

/** Seconds, null for never, undefined for what is no span of time. */
export function secondsOf(expiration: string): number | null | undefined {
  if (expiration === "never" || expiration === "") return null;
  if (!/^(?:\d+[wdhms])+$/.test(expiration)) return undefined;
  return [...expiration.matchAll(/(\d+)([wdhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  );
}
