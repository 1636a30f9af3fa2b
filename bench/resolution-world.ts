import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { collectHints, type CollectingMeans } from "@/sdk/resolution/collect";
import type { TenantReference } from "@/sdk/resolution/hint";
import type { ResolutionPolicy } from "@/sdk/resolution/policy";
import { resolve } from "@/sdk/resolution/resolve";
import { trustedHops } from "@/sdk/resolution/trusted-hops";
import type { TenantEntry } from "@/sdk/stores/tenant-store";
import { createTokenVerifier } from "@/sdk/tokens/verify-token";
import type { Incoming } from "@/sdk/transports/incoming";

const issuer = "https://issuer.test";
const audience = "students";
const hop = "10.1.2.3";
export const tenants = 100_000;

export const idOf = (turn: number) => `00000000-0000-4000-8000-${turn.toString(16).padStart(12, "0")}`;
export const hostOf = (turn: number) => `t${turn}.example.com`;

/** An issuer, and a service behind a gateway that knows 100,000 tenants. */
export async function openResolution(policy: ResolutionPolicy) {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "k1", alg: "EdDSA" }] };
  const verifier = createTokenVerifier({ issuers: [{ issuer, audience, keys }] });
  const means: CollectingMeans = {
    verifyToken: (token) => verifier.verify(token),
    isTrustedHop: trustedHops(["10.0.0.0/8"]),
    contributors: [],
  };
  const store = storeOf(tenants);
  return {
    sign: (turn: number) =>
      new SignJWT({ tid: idOf(turn), jti: `${turn}` })
        .setProtectedHeader({ alg: "EdDSA", kid: "k1", typ: "at+jwt" })
        .setIssuer(issuer)
        .setSubject("user:0a000000-0000-4000-8000-00000000000a")
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime("1h")
        .sign(privateKey),
    bare: (token: string) =>
      jwtVerify(token, publicKey, {
        algorithms: ["EdDSA"],
        issuer,
        audience,
        typ: "at+jwt",
        clockTolerance: 5,
      }),
    serve: async (carrier: Record<string, string>) => {
      const { hints, subject } = await collectHints(incomingWith(carrier), policy, means);
      return resolve(hints, policy, store, subject);
    },
  };
}

function storeOf(count: number) {
  const entries = new Map<string, TenantEntry>();
  for (let turn = 0; turn < count; turn++) {
    const entry = entryOf(turn);
    entries.set(entry.tenant, entry).set(hostOf(turn), entry);
  }
  const peek = ({ value }: TenantReference) => entries.get(value);
  return { peek, find: (reference: TenantReference) => Promise.resolve(peek(reference) ?? null) };
}

function entryOf(turn: number): TenantEntry {
  const facts = { isolation: "shared", driver: "postgres", region: "eu", status: "active" } as const;
  return { ...facts, tenant: idOf(turn), organization: `o${turn}`, environment: "prod", epoch: 1 };
}

const getter: Incoming<Record<string, string>>["getter"] = {
  get: (carrier, key) => carrier[key],
  keys: (carrier) => Object.keys(carrier),
};

const noBody = () => Promise.resolve("");

/** What a browser or a client library sends, with these besides. */
export const requestWith = (headers: Record<string, string>): Record<string, string> => ({
  accept: "application/json",
  "accept-encoding": "gzip, deflate, br",
  "accept-language": "en",
  connection: "keep-alive",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
  "x-request-id": "3f0c9be0",
  ...headers,
});

function incomingWith(carrier: Record<string, string>): Incoming {
  return {
    transport: "http",
    carrier,
    getter,
    method: "GET",
    path: "/students?page=2",
    peer: hop,
    bodyDigest: noBody,
  };
}
