import { randomBytes, sign as signBytes, type KeyObject } from "node:crypto";
import type { Subject, TenantContext } from "../resolution/tenant-context.ts";
import type { Outgoing } from "../transports/outgoing.ts";
import { contextType } from "./claims.ts";
import { SigningKeys, type RegisterKey } from "./signing-key.ts";

/** Seconds. A call's context lives as long as this. */
export const longestCall = 60;
/** Seconds: seven days. A message's context lives as long as this at most. */
export const longestMessage = 604_800;
const usualMessage = 86_400;

export interface SigningOptions {
  /** The name of this service or gateway in Freehold. */
  issuer: string;
  register: RegisterKey;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** What is signed: for whom, for which tenant, on whose behalf. */
export type SignableContext = Pick<TenantContext, "tenant" | "subject">;

export interface ContextSigner {
  /** A compact JWS for one call or message. Throws what `register` throws when no key may sign. */
  sign(context: SignableContext, outgoing: Outgoing): Promise<string>;
}

/** Signs contexts with a key pair of this process, which is registered on first use. */
export function createContextSigner({ issuer, register, now = Date.now }: SigningOptions): ContextSigner {
  const keys = new SigningKeys(register, now);
  return {
    async sign({ tenant, subject }, outgoing) {
      const { kid, key } = await keys.current();
      const iat = Math.floor(now() / 1_000);
      const claims = {
        iss: issuer,
        aud: outgoing.audience,
        tid: tenant,
        ...(subject && { sub: subjectClaim(subject) }),
        mth: outgoing.method,
        pth: outgoing.path,
        bdh: outgoing.bodyDigest,
        iat,
        exp: iat + lifetimeOf(outgoing),
        jti: randomBytes(16).toString("base64url"),
      };
      return compactJws({ alg: "EdDSA", typ: contextType, kid }, claims, key);
    },
  };
}

/** Signs at once: a signature takes less time than the way to another thread and back. */
function compactJws(header: object, claims: object, key: KeyObject): string {
  const text = `${encode(header)}.${encode(claims)}`;
  return `${text}.${signBytes(null, Buffer.from(text), key).toString("base64url")}`;
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

function lifetimeOf({ method, lifetimeSeconds }: Outgoing): number {
  const longest = method === "message" ? longestMessage : longestCall;
  const usual = method === "message" ? usualMessage : longestCall;
  return Math.max(1, Math.min(longest, Math.floor(lifetimeSeconds ?? usual)));
}

function subjectClaim({ kind, id }: Subject): string {
  if (!kind || !id || kind.includes(":"))
    throw new TypeError("A subject has a kind without a colon, and an id.");
  return `${kind}:${id}`;
}

/** What `sub` says; undefined when it says nothing readable. */
export function readSubject(claim: string): Subject | undefined {
  const [, kind, id] = /^([^:]+):(.+)$/s.exec(claim) ?? [];
  return kind !== undefined && id !== undefined ? { kind, id } : undefined;
}
