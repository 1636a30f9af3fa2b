import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import { collectHints, type CollectingMeans } from "../resolution/collect.ts";
import type { ResolutionPolicy } from "../resolution/policy.ts";
import { resolve } from "../resolution/resolve.ts";
import { trustedHops } from "../resolution/trusted-hops.ts";
import type { TenantStore } from "../stores/tenant-store.ts";
import { createTokenVerifier } from "../tokens/verify-token.ts";
import type { Incoming } from "../transports/incoming.ts";
import { ids } from "./catalog.data.ts";

/** One line of a table: what is on the request, and what it must come to. */
export interface Row {
  policy: ResolutionPolicy;
  transport?: Incoming["transport"];
  /** `gateway` is a trusted hop; left out: a stranger. */
  from?: "gateway" | "stranger" | "nowhere";
  /** The claims' tenant; `forged`: a token that does not verify; `none`: a token without the claim. */
  token?: { tid: unknown } | "forged" | "none";
  /** A signed context for this tenant; `forged`: one that does not verify. */
  context?: string;
  session?: string | null;
  host?: string | null;
  path?: string;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  /** `<tenant> by <source>`, with `, unauthenticated` where nothing is proven; or a refusal's code. */
  is: string;
}

export const gateway = "10.1.2.3";
export const stranger = "203.0.113.9";

export const getter: Incoming<Record<string, string | string[]>>["getter"] = {
  get: (carrier, key) => (Object.hasOwn(carrier, key) ? carrier[key] : undefined),
  keys: (carrier) => Object.keys(carrier),
};

const names = new Map<string, string>(Object.entries(ids).map(([name, id]) => [id, name]));

/** An issuer of tokens, and what a service that believes it and the gateway needs for collecting. */
export async function openIssuer() {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "EdDSA" }] };
  const verifier = createTokenVerifier({
    issuers: [{ issuer: "https://issuer.test", audience: "students", keys }],
  });
  const sign = (claims: Record<string, unknown>) =>
    new SignJWT({ sub: "user:ann", ...claims })
      .setProtectedHeader({ alg: "EdDSA", kid: "k1", typ: "at+jwt" })
      .setIssuer("https://issuer.test")
      .setAudience("students")
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(privateKey);
  const means: CollectingMeans = {
    verifyToken: (token) => verifier.verify(token),
    verifyContext: (tenant) =>
      tenant === "forged"
        ? Promise.reject(new FreeholdError("unauthenticated", "A valid context is required."))
        : Promise.resolve(contextFor(tenant)),
    isTrustedHop: trustedHops(["10.0.0.0/8"]),
    contributors: [],
  };
  return { means, sign };
}

type Issuer = Awaited<ReturnType<typeof openIssuer>>;

function contextFor(tenant: string) {
  return {
    issuer: "gateway",
    audience: "students",
    tenant,
    subject: null,
    method: "GET",
    path: "/",
    bodyDigest: "",
    expiresAt: 0,
  };
}

/** The request of a row, as a transport would hand it over. */
export async function incomingOf(row: Row, { sign }: Issuer): Promise<Incoming> {
  const carrier: Record<string, string | string[]> = {};
  if (row.host !== null) carrier.host = row.host ?? "ann.test";
  for (const [name, value] of Object.entries(row.headers ?? {}))
    carrier[name] = typeof value === "string" ? value : [...value];
  if (row.token) carrier.authorization = `Bearer ${await tokenOf(row.token, sign)}`;
  if (row.context !== undefined) carrier["x-freehold-context"] = row.context;
  return {
    transport: row.transport ?? "http",
    carrier,
    getter,
    method: "GET",
    path: row.path ?? "/",
    peer: { gateway, stranger, nowhere: null }[row.from ?? "stranger"],
    bodyDigest: () => Promise.resolve(""),
    ...(row.session === undefined ? {} : { session: { tenant: row.session, subject: "u1" } }),
  };
}

async function tokenOf(token: NonNullable<Row["token"]>, sign: Issuer["sign"]): Promise<string> {
  if (token === "none") return sign({});
  if (token !== "forged") return sign(token);
  const [header, claims] = (await sign({ tid: ids.ann })).split(".");
  return `${header}.${claims}.${"A".repeat(86)}`;
}

interface Service {
  policy: ResolutionPolicy;
  store: Pick<TenantStore, "find" | "peek">;
  means: CollectingMeans;
  /** In another order than they were collected in. */
  isReversed?: boolean;
}

/** What a request comes to, in the words of the tables. */
export async function outcomeOf(incoming: Incoming, service: Service): Promise<string> {
  try {
    const { hints, subject } = await collectHints(incoming, service.policy, service.means);
    const ordered = service.isReversed ? hints.toReversed() : hints;
    const context = await resolve(ordered, service.policy, service.store, subject);
    const proof = context.authenticated ? "" : ", unauthenticated";
    return `${names.get(context.tenant) ?? context.tenant} by ${context.decidedBy}${proof}`;
  } catch (error) {
    if (isFreeholdError(error)) return error.code;
    throw error;
  }
}
