import { collectHints } from "@freehold/sdk/resolution/collect";
import { sharedDb } from "@freehold/sdk/resolution/presets";
import { resolve } from "@freehold/sdk/resolution/resolve";
import { createTokenVerifier } from "@freehold/sdk/tokens/verify-token";
import { withTenant } from "@freehold/sdk/node";
import { createServer, type RequestListener } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

// A JSON endpoint: bare, or of one tenant that a token names.
const entry = {
  tenant: "0a6f1f0e-5d0c-4a57-9a6b-3d3f4c1e0a01",
  organization: "district",
  environment: "prod",
  status: "active",
  epoch: 1,
  isolation: "shared",
  driver: "postgres",
  region: "here",
} as const;
const store = { peek: () => entry, find: () => Promise.resolve(entry) };
const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "EdDSA" };
const token = await new SignJWT({ tid: entry.tenant, sub: "user:one" })
  .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: "k1" })
  .setIssuer("bench")
  .setAudience("school")
  .setIssuedAt()
  .setExpirationTime("30 minutes")
  .sign(privateKey);
const { verify: verifyToken } = createTokenVerifier({
  issuers: [{ issuer: "bench", audience: "school", keys: { keys: [jwk] } }],
});
const means = { verifyToken, isTrustedHop: () => false, contributors: [] };

const bare: RequestListener = (_request, response) => {
  response.setHeader("content-type", "application/json").end(JSON.stringify({ tenant: entry.tenant }));
};

const resolved = withTenant(
  {
    async resolve(incoming) {
      const { hints, subject } = await collectHints(incoming, sharedDb, means);
      return resolve(hints, sharedDb, store, subject);
    },
  },
  (_request, response, { tenant }) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify({ tenant }));
  },
  { onError: (error) => process.stderr.write(`${String(error)}\n`) },
);

const server = createServer(process.argv[2] === "bare" ? bare : resolved);
server.listen(0, "127.0.0.1", () => {
  const { port } = { port: 0, ...Object(server.address()) };
  process.stdout.write(`${JSON.stringify({ port, authorization: `Bearer ${token}` })}\n`);
});
process.stdin
  .once("end", () => process.exit(0))
  .on("data", () => {
    const { user, system } = process.cpuUsage();
    process.stdout.write(`${JSON.stringify({ cpuMicroseconds: user + system })}\n`);
  });
