import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { FreeholdError } from "../errors/freehold-error.ts";
import { collectHints } from "../resolution/collect.ts";
import type { TenantReference } from "../resolution/hint.ts";
import type { ResolutionPolicy } from "../resolution/policy.ts";
import { resolve } from "../resolution/resolve.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { trustedHops } from "../resolution/trusted-hops.ts";
import type { ConnectionStore, TenantEntry, TenantStatus, TenantStore } from "../stores/tenant-store.ts";
import { contextHeader, contextType } from "../tokens/claims.ts";
import { createTokenVerifier } from "../tokens/verify-token.ts";
import type { TenantResolver } from "../transports/incoming.ts";
import type { TenantSender } from "../transports/outgoing.ts";

/** Two tenants that are served, and one that is suspended. */
export const tenants = {
  A: "0a6f1f0e-5d0c-4a57-9a6b-3d3f4c1e0a01",
  B: "1b7e2d1f-6e1d-4b68-8b7c-4e4a5d2f1b02",
  asleep: "2c8f3e2a-7f2e-4c79-9c8d-5f5b6e3a2c03",
} as const;

/** Connections from here are a gateway's. */
export const trustedAddress = "127.0.0.2";
/** Connections from here are anybody's. */
export const anyAddress = "127.0.0.1";

const audience = "school";
const hosts = new Map<string, string>([
  ["a.test", tenants.A],
  ["b.test", tenants.B],
  ["asleep.test", tenants.asleep],
]);

const policy: ResolutionPolicy = {
  name: "test",
  order: ["context", "token", "session", "header", "path", "host"],
  unauthenticated: ["host"],
  requireToken: false,
  claim: "tid",
  headers: ["x-tenant-id", "x-environment-id"],
  path: "/t/:tenant",
  sharedHosts: ["127.0.0.1", "localhost"],
};

export type TestStore = Pick<TenantStore, "find" | "peek"> &
  Pick<ConnectionStore, "onChange"> & {
    setStatus(tenant: string, status: TenantStatus): void;
    /** How many listen for changes. */
    listeners(): number;
  };

export interface HttpWorld {
  resolver: TenantResolver;
  sender: TenantSender;
  store: TestStore;
  /** What `Authorization` says for a tenant. */
  bearer(tenant: string): Promise<string>;
}

/** Tenants from a map, contexts of a key pair of this world's own, and the SDK's own resolution. */
export async function createHttpWorld(): Promise<HttpWorld> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "EdDSA" };
  const { verify } = createTokenVerifier({ issuers: [{ issuer: "test", audience, keys: { keys: [jwk] } }] });
  const store = createStore();
  const isTrustedHop = trustedHops([trustedAddress]);
  const sign = (claims: Record<string, unknown>, typ: string) =>
    new SignJWT({ sub: "user:one", ...claims })
      .setProtectedHeader({ alg: "EdDSA", typ, kid: "k1" })
      .setAudience(audience)
      .setIssuer("test")
      .setIssuedAt()
      .setExpirationTime("300 s")
      .sign(privateKey);
  const readContext = async (token: string) => {
    const read = await jwtVerify(token, publicKey, { typ: contextType, audience }).catch((cause: unknown) => {
      throw new FreeholdError("unauthenticated", "It does not verify.", { cause });
    });
    return read.payload;
  };
  const resolver: TenantResolver = {
    async resolve(incoming) {
      const { hints, subject } = await collectHints(incoming, policy, {
        isTrustedHop,
        contributors: [],
        verifyToken: verify,
        async verifyContext(token, { method, path, bodyDigest }) {
          const payload = await readContext(token);
          const fits = payload.mth === method && payload.pth === path && payload.bdh === (await bodyDigest());
          if (!fits) throw new FreeholdError("unauthenticated", "It is for another request.");
          return {
            issuer: "gateway",
            audience,
            tenant: String(payload.tid),
            subject: null,
            method,
            path,
            bodyDigest: String(payload.bdh),
            expiresAt: payload.exp ?? 0,
          };
        },
      });
      return resolve(hints, policy, store, subject);
    },
  };
  return {
    resolver,
    store,
    bearer: async (tenant) => `Bearer ${await sign({ tid: tenant }, "at+jwt")}`,
    sender: {
      async inject({ tenant }, { method, path, bodyDigest }, carrier, setter) {
        setter.set(carrier, "x-tenant-id", tenant);
        const claims = { tid: tenant, mth: method, pth: path, bdh: bodyDigest };
        setter.set(carrier, contextHeader, await sign(claims, contextType));
      },
    },
  };
}

/** The context of a tenant, as if a request had been resolved. */
export function contextOf(tenant: string): TenantContext {
  return {
    tenant,
    organization: "org",
    environment: "prod",
    epoch: 1,
    decidedBy: "token",
    authenticated: true,
    subject: null,
    explanation: { policy: "test", hints: [], outcome: { tenant, decidedBy: "token", authenticated: true } },
  };
}

export function createStore(): TestStore {
  const statuses = new Map<string, TenantStatus>([
    [tenants.A, "active"],
    [tenants.B, "active"],
    [tenants.asleep, "suspended"],
  ]);
  const listeners = new Set<(tenant: string | null) => void>();
  const peek = ({ by, value }: TenantReference): TenantEntry | null => {
    const tenant = by === "host" ? hosts.get(value) : value;
    const status = tenant === undefined ? undefined : statuses.get(tenant);
    if (tenant === undefined || status === undefined) return null;
    const facts = { organization: "org", environment: "prod", isolation: "dedicated" } as const;
    return { ...facts, tenant, status, epoch: 1, driver: "sqlite", region: "here" };
  };
  return {
    peek,
    find: async (reference) => peek(reference),
    onChange(changed) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    setStatus(tenant, status) {
      statuses.set(tenant, status);
      for (const changed of listeners) changed(tenant);
    },
    listeners: () => listeners.size,
  };
}
