import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { collectHints } from "@freehold/sdk/resolution/collect";
import { sharedDb } from "@freehold/sdk/resolution/presets";
import { resolve } from "@freehold/sdk/resolution/resolve";
import { createTokenVerifier } from "@freehold/sdk/tokens/verify-token";
import { createMultiTenantRouter } from "@objectstack/driver-turso";
import { TenantContextService } from "@objectstack/service-tenant";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

// A repeated token to its tenant, by our way and by the peer's, in a program that Node runs as it is.
const [directory = "", rounds = "0", calls = "0"] = process.argv.slice(2);
const tenants: string[] = Array.from({ length: 200 }, () => randomUUID());

const entries = new Map(
  tenants.map((tenant) => [
    tenant,
    {
      tenant,
      organization: "district",
      environment: "prod",
      status: "active",
      epoch: 1,
      isolation: "shared",
      driver: "postgres",
      region: "here",
    } as const,
  ]),
);
const peek = ({ value }: { value: string }) => entries.get(value);
const store = { peek, find: (reference: { value: string }) => Promise.resolve(peek(reference) ?? null) };
const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "EdDSA" };
const { verify: verifyToken } = createTokenVerifier({
  issuers: [{ issuer: "bench", audience: "school", keys: { keys: [jwk] } }],
});
const means = { verifyToken, isTrustedHop: () => false, contributors: [] };
const getter = {
  get: (carrier: Record<string, string>, key: string) => carrier[key],
  keys: (carrier: Record<string, string>) => Object.keys(carrier),
};

async function request(tenant: string) {
  const token = await new SignJWT({ tid: tenant, sub: "user:one" })
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: "k1" })
    .setIssuer("bench")
    .setAudience("school")
    .setIssuedAt()
    .setExpirationTime("30 minutes")
    .sign(privateKey);
  return {
    transport: "http" as const,
    carrier: { accept: "application/json", connection: "keep-alive", authorization: `Bearer ${token}` },
    getter,
    method: "GET",
    path: "/students?page=2",
    peer: "10.1.2.3",
    bodyDigest: () => Promise.resolve(""),
  };
}

const requests = await Promise.all(tenants.map(request));
async function serve(turn: number): Promise<void> {
  const incoming = requests[turn % requests.length];
  if (!incoming) throw new Error("There are no requests.");
  const { hints, subject } = await collectHints(incoming, sharedDb, means);
  await resolve(hints, sharedDb, store, subject);
}

mkdirSync(directory, { recursive: true });
const router = createMultiTenantRouter({ urlTemplate: `file:${join(directory, "{tenant}.db")}` });
const contexts = new TenantContextService({
  enabled: true,
  identificationSources: ["header", "jwt_claim"],
  jwtOrganizationClaim: "tid",
});
async function route(turn: number): Promise<void> {
  const context = await contexts.resolveTenantContext({ jwt: { tid: tenants[turn % tenants.length] } });
  await router.getDriverForTenant(context?.tenantId ?? "");
}

const ways = { ours: serve, peer: route };
const samples: Record<keyof typeof ways, number[]> = { ours: [], peer: [] };
const warmup = 60;
for (let round = -warmup; round < Number(rounds); round++)
  for (const way of round % 2 ? (["ours", "peer"] as const) : (["peer", "ours"] as const)) {
    const started = performance.now();
    for (let turn = 0; turn < Number(calls); turn++) await ways[way](turn);
    if (round >= 0) samples[way].push(performance.now() - started);
  }
await router.destroyAll();
process.stdout.write(`${JSON.stringify(samples)}\n`);
process.stdin.once("end", () => process.exit(0)).resume();
