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
import { trustedHops } from "./resolution/trusted-hops.ts";
import { CompositeStore } from "./stores/composite-store.ts";
import { ConfigurationStore, type ConfiguredTenant } from "./stores/configuration-store.ts";
import { ControlPlaneClient } from "./stores/control-plane-client.ts";
import {
  ControlPlaneStore,
  type ControlPlaneStoreOptions,
  type StoreFigures,
} from "./stores/control-plane-store.ts";
import { createTokenVerifier, type TokenIssuer } from "./tokens/verify-token.ts";
import type { HintContributor, TenantResolver } from "./transports/incoming.ts";

export interface FreeholdOptions extends ControlPlaneStoreOptions {
  /** The name of this service: the audience of the tokens that it takes. */
  service: string;
  policy: ResolutionPolicy;
  /** Whose tokens are taken. Default: Freehold's own, for this service. */
  issuers?: readonly TokenIssuer[];
  /** Addresses and networks of gateways whose tenant header is believed. Default: none. */
  trustedHops?: readonly string[];
  /** Hints of the service's own. */
  contributors?: readonly HintContributor[];
  /** Verifies the signed contexts of other services. */
  verifyContext?: CollectingMeans["verifyContext"];
  /** Tenants that the configuration names: they are looked up before Freehold is asked. */
  configured?: readonly ConfiguredTenant[];
  databases?: ConnectionsOptions;
  /** How the options of tenants are remembered. */
  tenantOptions?: Omit<TenantOptionsSettings, "source">;
}

/** Everything that a service needs of Freehold. */
export interface Freehold {
  /** What transports ask whose a request is. */
  resolver: TenantResolver;
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
  /** For metrics and health checks. */
  figures(): StoreFigures & { open: number; uses: number };
  /** Takes no more, lets what runs end within `drainMs` (10 s), and closes everything. */
  close(options?: { drainMs?: number }): Promise<void>;
}

/**
 * Connects a service to Freehold. Nothing is asked before the first request; from then on it listens
 * for changes until it is closed. Throws for settings that cannot be meant.
 */
export function createFreehold(options: FreeholdOptions): Freehold {
  const controlPlane = new ControlPlaneStore(options);
  const store = new CompositeStore([new ConfigurationStore(options.configured ?? []), controlPlane]);
  const connections = new Connections(store, options.databases);
  const overlays = new ControlPlaneOverlays(new ControlPlaneClient(options), store);
  const tenantOptions = new TenantOptions({ ...options.tenantOptions, source: overlays });
  const { policy } = options;
  const verifier = createTokenVerifier({
    issuers: options.issuers ?? [ownIssuer(options)],
    claim: policy.claim,
    requireClaim: policy.requireToken,
  });
  store.onChange((tenant) => verifier.revoke(tenant));
  const means: CollectingMeans = {
    verifyToken: (token) => verifier.verify(token),
    ...(options.verifyContext ? { verifyContext: options.verifyContext } : {}),
    isTrustedHop: trustedHops(options.trustedHops ?? []),
    contributors: options.contributors ?? [],
  };
  return {
    resolver: {
      async resolve(incoming) {
        const { hints, subject } = await collectHints(incoming, policy, means);
        return resolve(hints, policy, store, subject);
      },
    },
    withDatabase: (whose, work, use) => connections.withDatabase(whose, work, use),
    options: (definition) => tenantOptions.of(definition),
    publishOptions: (definition, schema) => overlays.publish(definition, schema),
    store,
    figures: () => ({ ...controlPlane.figures(), ...connections.figures() }),
    async close(closing) {
      await connections.close(closing);
      tenantOptions.close();
      await store.close();
    },
  };
}

function ownIssuer({ url, issuer = url, service }: FreeholdOptions): TokenIssuer {
  const base = url.replace(/\/+$/, "");
  return {
    issuer: issuer.replace(/\/+$/, ""),
    audience: service,
    keys: new URL(`${base}/.well-known/jwks.json`),
  };
}
