import type { Subject } from "../resolution/tenant-context.ts";

/** A token that Freehold or another issuer gave to a person or a service, verified. */
export interface VerifiedToken {
  issuer: string;
  subject: string;
  audience: readonly string[];
  /** The claim that names the tenant, as it is: the resolver reads it strictly. Absent: undefined. */
  tenant: unknown;
  /** Seconds since 1970. */
  expiresAt: number;
  keyId: string;
  claims: Readonly<Record<string, unknown>>;
}

/** What is signed when one service speaks to another for a tenant. Travels as a compact JWS. */
export interface SignedContext {
  /** The service or gateway that signed: its name in Freehold. */
  issuer: string;
  /** The service or queue that it is for. */
  audience: string;
  tenant: string;
  subject: Subject | null;
  /** A call: method and path with its query. A message: "message" and the name of the queue or topic. */
  method: string;
  path: string;
  /** SHA-256 of the body, base64url; of nothing when there is none. */
  bodyDigest: string;
  /** Seconds since 1970. A call's context lives 60 s at most, a message's as long as messages may wait. */
  expiresAt: number;
}

/** The header that carries it beside `x-tenant-id`; in gRPC and messages the same name. */
export const contextHeader = "x-freehold-context";

/** The type in its protected header: an access token is no context and the other way around. */
export const contextType = "freehold-context+jwt";
