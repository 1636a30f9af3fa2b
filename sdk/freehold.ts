import { checkOptions, count, meaningsOf, seconds, timeout } from "./check-options.ts";
import { checkSettings } from "./check-settings.ts";
import {
  Connections,
  type ConnectionsOptions,
  type UseOptions,
  type Whose,
} from "./connections/connections.ts";
import type { TenantDatabase } from "./connections/tenant-database.ts";
import { ControlPlaneOverlays } from "./options/control-plane-options.ts";
import type { OptionsDefinition } from "./options/define-options.ts";
import { TenantOptions, type OptionsReader, type TenantOptionsSettings } from "./options/tenant-options.ts";
import { collectHints, type CollectingMeans } from "./resolution/collect.ts";
import type { ResolutionPolicy } from "./resolution/policy.ts";
import { resolve } from "./resolution/resolve.ts";
import type { TenantContext } from "./resolution/tenant-context.ts";
import { trustedHops } from "./resolution/trusted-hops.ts";
import { CompositeStore } from "./stores/composite-store.ts";
import { ConfigurationStore, type ConfiguredTenant } from "./stores/configuration-store.ts";
import { ControlPlaneClient } from "./stores/control-plane-client.ts";
import {
  ControlPlaneStore,
  type ControlPlaneStoreOptions,
  type StoreFigures,
} from "./stores/control-plane-store.ts";
import type { ListKeys } from "./tokens/context-keys.ts";
import { freeholdContextKeys } from "./tokens/freehold-context-keys.ts";
import { ServiceTokens } from "./tokens/service-tokens.ts";
import { createContextSigner } from "./tokens/signed-context.ts";
import { createContextVerifier, type ContextVerifier } from "./tokens/verify-context.ts";
import { createTokenVerifier, type TokenIssuer } from "./tokens/verify-token.ts";
import type { HintContributor, Incoming, TenantResolver } from "./transports/incoming.ts";
import type { TenantSender } from "./transports/outgoing.ts";
import type { ReportRefusal } from "./transports/report.ts";
import { createTenantSender } from "./transports/tenant-sender.ts";
import { reportViolations } from "./violations/report-violations.ts";
import { createViolationLog } from "./violations/violation-log.ts";

/** Seconds that keys serve at most while Freehold cannot be asked. */
const longestOutage = 900;

export interface FreeholdOptions extends ControlPlaneStoreOptions {
  /** The name of this service in Freehold: it signs as it, and is the audience of the tokens that it takes. */
  service: string;
  policy: ResolutionPolicy;
  /** Whose tokens are taken. Default: Freehold's own, for this service. */
  issuers?: readonly TokenIssuer[];
  /** Addresses and networks of gateways whose tenant header is believed. Default: none. */
  trustedHops?: readonly string[];
  /** Hints of the service's own. */
  contributors?: readonly HintContributor[];
  /** Names of the services and gateways whose signed contexts are believed. Default: none, contexts are ignored. */
  trustedContexts?: readonly string[];
  /** How many calls with a signed context are remembered, so that none is taken twice; see `VerifyingOptions`. */
  rememberedCalls?: number;
  /** Tenants that the configuration names: they are looked up before Freehold is asked. */
  configured?: readonly ConfiguredTenant[];
  databases?: ConnectionsOptions;
  /** How the options of tenants are remembered. */
  tenantOptions?: Omit<TenantOptionsSettings, "source">;
}

const meanings = meaningsOf<FreeholdOptions>({
  url: null,
  key: null,
  timeoutMs: timeout,
  tenants: count,
  connections: count,
  outageSeconds: seconds,
  issuer: null,
  service: null,
  policy: null,
  issuers: null,
  trustedHops: null,
  contributors: null,
  trustedContexts: null,
  rememberedCalls: count,
  configured: null,
  databases: null,
  tenantOptions: null,
});

/** Everything that a service needs of Freehold. */
export interface Freehold {
  /** What transports ask whose a request is. Its violations are told to Freehold; see `report`. */
  resolver: TenantResolver;
  /** Puts the tenant and what proves it on calls and messages, signed with a key of this process. */
  sender: TenantSender;
  /** An access token of this service for the service `audience`; see `ServiceTokens.get`. */
  token(audience: string, tenant?: string): Promise<string>;
  /**
   * Tells Freehold, folded and a few seconds later, of a refusal that a transport came to by itself,
   * when it is a violation of a proven tenant. Each error is told once.
   */
  report: ReportRefusal;
  /** Runs `work` with the tenant's database; see `Connections.withDatabase`. */
  withDatabase<T>(
    whose: Whose,
    work: (database: TenantDatabase) => Promise<T>,
    options?: UseOptions,
  ): Promise<T>;
  /** A set of options, to be asked `for` a tenant. The same definition gives the same reader. */
  options<Value>(definition: OptionsDefinition<Value>): OptionsReader<Value>;
  /** Tells Freehold the schema and defaults of a set; see `ControlPlaneOverlays`. */
  publishOptions(
    definition: Pick<OptionsDefinition<unknown>, "name" | "defaults">,
    schema: object | null,
  ): Promise<void>;
  /** Which tenants there are, and how they stand. */
  store: CompositeStore;
  /** For metrics and health checks: `violations` is how many kinds wait to be told. */
  figures(): StoreFigures & { open: number; uses: number; violations: number };
  /** Takes no more, lets what runs end within `drainMs` (10 s), tells what is left, and closes everything. */
  close(options?: { drainMs?: number }): Promise<void>;
}

/**
 * Connects a service to Freehold. Nothing is asked before the first request; from then on it listens
 * for changes until it is closed. One for each process: it makes the key that the process signs
 * with. Throws for settings that cannot be meant.
 */
export function createFreehold(options: FreeholdOptions): Freehold {
  checkOptions(options, meanings);
  checkSettings(options);
  const client = new ControlPlaneClient(options);
  const controlPlane = new ControlPlaneStore(options);
  const store = new CompositeStore([new ConfigurationStore(options.configured ?? []), controlPlane]);
  const connections = new Connections(store, options.databases);
  const overlays = new ControlPlaneOverlays(client, store);
  const tenantOptions = new TenantOptions({ ...options.tenantOptions, source: overlays });
  const contexts = freeholdContextKeys(client, options.service);
  const signer = createContextSigner({ issuer: options.service, register: contexts.register });
  const tokens = new ServiceTokens({ client });
  const violations = createViolationLog({ report: (told) => reportViolations(client, told) });
  const resolveIncoming = resolverOf(options, { store, contextKeys: contexts.keys });
  return {
    resolver: {
      async resolve(incoming) {
        try {
          return await resolveIncoming(incoming);
        } catch (error) {
          violations.add(error);
          throw error;
        }
      },
    },
    sender: createTenantSender(signer),
    token: (audience, tenant) => tokens.get(audience, tenant),
    report: (refusal) => violations.add(refusal),
    withDatabase: (whose, work, use) => connections.withDatabase(whose, work, use),
    options: (definition) => tenantOptions.of(definition),
    publishOptions: (definition, schema) => overlays.publish(definition, schema),
    store,
    figures: () => ({ ...controlPlane.figures(), ...connections.figures(), violations: violations.size }),
    async close(closing) {
      await connections.close(closing);
      tenantOptions.close();
      await violations.close();
      await store.close();
    },
  };
}

function resolverOf(
  options: FreeholdOptions,
  { store, contextKeys }: { store: CompositeStore; contextKeys: ListKeys },
): (incoming: Incoming) => Promise<TenantContext> {
  const { policy } = options;
  const verifier = createTokenVerifier({
    issuers: options.issuers ?? [ownIssuer(options)],
    claim: policy.claim,
    requireClaim: policy.requireToken,
  });
  store.onChange((tenant) => verifier.revoke(tenant));
  const verifyContext = contextVerifierOf(options, contextKeys);
  const means: CollectingMeans = {
    verifyToken: (token) => verifier.verify(token),
    ...(verifyContext ? { verifyContext } : {}),
    isTrustedHop: trustedHops(options.trustedHops ?? []),
    contributors: options.contributors ?? [],
  };
  return async (incoming) => {
    const { hints, subject } = await collectHints(incoming, policy, means);
    return resolve(hints, policy, store, subject);
  };
}

function contextVerifierOf(options: FreeholdOptions, keys: ListKeys): ContextVerifier | null {
  const { service: audience, trustedContexts = [], outageSeconds = longestOutage } = options;
  if (trustedContexts.length === 0) return null;
  if (trustedContexts.some((name) => name.trim() === ""))
    throw new TypeError("trustedContexts names services and gateways, and one of these is no name.");
  return createContextVerifier({
    audience,
    trustedContexts,
    keys,
    outageSeconds: Math.min(outageSeconds, longestOutage),
    ...(options.rememberedCalls === undefined ? {} : { rememberedCalls: options.rememberedCalls }),
  });
}

function ownIssuer({ url, issuer = url, service }: FreeholdOptions): TokenIssuer {
  const base = url.replace(/\/+$/, "");
  return {
    issuer: issuer.replace(/\/+$/, ""),
    audience: service,
    keys: new URL(`${base}/.well-known/jwks.json`),
  };
}
