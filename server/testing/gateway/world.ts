import { once } from "node:events";
import { connect } from "node:net";
import { calculateJwkThumbprint } from "jose";
import { ConfigurationStore, type ConfiguredTenant } from "@/sdk/stores/configuration-store";
import type { ContextKey } from "@/sdk/tokens/context-keys";
import { createContextSigner } from "@/sdk/tokens/signed-context";
import { createTokenVerifier } from "@/sdk/tokens/verify-token";
import { createTenantSender } from "@/sdk/transports/tenant-sender";
import { trustedHops } from "@/sdk/resolution/trusted-hops";
import { startGateway, type RunningGateway } from "@/server/gateway/gateway";
import { gatewayPolicy } from "@/server/gateway/gateway-policy";
import type { GatewayMeans } from "@/server/gateway/means";
import { readSettings } from "@/server/gateway/settings";
import type { Violation } from "@/sdk/violations/violation";
import { createIssuer, issuerUrl, type TokenIssuer } from "./issuer";
import { startUpstream, type Upstream } from "./upstream";

export const tenantA = "11111111-1111-4111-8111-111111111111";
export const tenantB = "22222222-2222-4222-8222-222222222222";
export const suspended = "33333333-3333-4333-8333-333333333333";

const tenants: ConfiguredTenant[] = [
  { tenant: tenantA, hosts: ["a.test"] },
  { tenant: tenantB, hosts: ["b.test"] },
  { tenant: suspended, hosts: ["suspended.test"], status: "suspended" },
];

export interface GatewayWorld extends AsyncDisposable {
  gateway: RunningGateway;
  url: string;
  issuer: TokenIssuer;
  students: Upstream;
  assessments: Upstream;
  store: ConfigurationStore;
  keys: ContextKey[];
  violations: Violation[];
  /** A token of this tenant for the gateway. */
  tokenOf(tenant: string): Promise<string>;
}

/** A gateway before two services, `students` below /students and `assessments` for all else, over a configuration. */
export async function createGatewayWorld(
  options: Record<string, unknown> = {},
  upstreamOptions: { now?: () => number } = {},
): Promise<GatewayWorld> {
  const issuer = await createIssuer();
  const store = new ConfigurationStore(tenants);
  const keys: ContextKey[] = [];
  const list = () => Promise.resolve([...keys]);
  const students = await startUpstream({ service: "students", store, keys: list, ...upstreamOptions });
  const assessments = await startUpstream({ service: "assessments", store, keys: list, ...upstreamOptions });
  const settings = readSettings({
    upstream: assessments.origin,
    audience: "assessments",
    route: [`/students=${students.origin}@students`],
    port: 0,
    adminPort: 0,
    host: "127.0.0.1",
    grace: 0,
    drain: 5,
    preset: "environmentRouter",
    sharedHost: ["127.0.0.1", "localhost"],
    ...options,
  });
  const violations: Violation[] = [];
  const signer = createContextSigner({
    issuer: "gateway",
    async register(jwk) {
      const kid = await calculateJwkThumbprint({ ...jwk });
      const expiresAt = new Date(Date.now() + 8 * 86_400_000);
      keys.push({ kid, service: "gateway", jwk, expiresAt });
      return { kid, signsUntil: new Date(Date.now() + 86_400_000) };
    },
  });
  const means: GatewayMeans = {
    policy: gatewayPolicy(settings),
    store,
    verifierFor: (audience) =>
      createTokenVerifier({
        issuers: [
          {
            issuer: issuerUrl,
            keys: issuer.jwks,
            audience: audience === null ? ["gateway"] : ["gateway", audience],
          },
        ],
        requireClaim: true,
      }),
    sender: createTenantSender(signer),
    report(found) {
      violations.push(...found);
      return Promise.resolve();
    },
    isTrustedHop: trustedHops(settings.trustedHops),
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const gateway = await startGateway(settings, means);
  let isClosed = false;
  return {
    gateway: {
      ...gateway,
      close() {
        isClosed = true;
        return gateway.close();
      },
    },
    url: `http://127.0.0.1:${gateway.port}`,
    issuer,
    students,
    assessments,
    store,
    keys,
    violations,
    tokenOf: (tenant) => issuer.token({ tid: tenant }),
    async [Symbol.asyncDispose]() {
      if (!isClosed) await gateway.close();
      await Promise.all([students.stop(), assessments.stop()]);
    },
  };
}

/** Sends bytes and gives all that comes back until the connection ends. */
export async function exchange(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => (text += part));
  socket.on("error", () => {});
  socket.write(bytes);
  await once(socket, "close");
  return text;
}

export const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? Number.NaN);
export const codeOf = (answer: string): unknown => {
  const body = answer.slice(answer.indexOf("\r\n\r\n") + 4);
  return body.startsWith("{") ? JSON.parse(body).code : undefined;
};
