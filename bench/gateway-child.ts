import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose";
import { ConfigurationStore } from "@/sdk/stores/configuration-store";
import { createContextSigner } from "@/sdk/tokens/signed-context";
import { createTokenVerifier } from "@/sdk/tokens/verify-token";
import { createTenantSender } from "@/sdk/transports/tenant-sender";
import { startGateway } from "@/server/gateway/gateway";
import { gatewayPolicy } from "@/server/gateway/gateway-policy";
import { readSettings } from "@/server/gateway/settings";

// The gateway over tenants of a configuration, with tokens of an issuer of its own: no control plane in the way.
const [upstream = "", count = "1"] = process.argv.slice(2);
const issuer = "https://console.example.com";
const tenants = Array.from({ length: Number(count) }, () => crypto.randomUUID());
const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "EdDSA", use: "sig" };
const tokens = await Promise.all(
  tenants.map((tid) =>
    new SignJWT({ tid })
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: "k1" })
      .setIssuer(issuer)
      .setSubject("user:ann")
      .setAudience("gateway")
      .setIssuedAt()
      .setExpirationTime("50m")
      .sign(privateKey),
  ),
);
const settings = readSettings({
  upstream,
  audience: "service",
  port: 0,
  adminPort: 0,
  host: "127.0.0.1",
  grace: 0,
});
const signer = createContextSigner({
  issuer: "gateway",
  register: async (registered) => ({
    kid: await calculateJwkThumbprint({ ...registered }),
    signsUntil: new Date(Date.now() + 86_400_000),
  }),
});
const gateway = await startGateway(settings, {
  policy: gatewayPolicy(settings),
  store: new ConfigurationStore(tenants.map((tenant) => ({ tenant }))),
  verifierFor: () =>
    createTokenVerifier({
      issuers: [{ issuer, audience: "gateway", keys: { keys: [jwk] } }],
      requireClaim: true,
    }),
  sender: createTenantSender(signer),
  report: () => Promise.resolve(),
  isTrustedHop: () => false,
  ready: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
process.stdout.write(`${JSON.stringify({ port: gateway.port, tokens })}\n`);
process.stdin.once("end", () => process.exit(0)).resume();
