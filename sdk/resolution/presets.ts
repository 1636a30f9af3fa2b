import type { ResolutionPolicy } from "./policy.ts";

/** What the presets have in common: nothing unproven decides, and nobody's path or host is looked at. */
const base = {
  unauthenticated: [],
  requireToken: false,
  claim: "tid",
  headers: ["x-tenant-id"],
  path: null,
  sharedHosts: [],
} satisfies Partial<ResolutionPolicy>;

/**
 * Services over a pool that tenants share. Who calls proves the tenant by a token, a signed
 * context, or the header of a trusted hop; nothing else is asked.
 */
export const sharedDb: ResolutionPolicy = {
  ...base,
  name: "sharedDb",
  order: ["token", "context", "grpc", "message", "header"],
};

/**
 * Services over a database for each tenant, reached under hosts of tenants' own. As `sharedDb`,
 * and the host must agree; alone it is enough for a sign-in page (`authenticated: false`).
 * @param sharedHosts hosts that all tenants share, such as `api.example.com`; others must be registered.
 */
export function databasePerTenant(sharedHosts: readonly string[] = []): ResolutionPolicy {
  return {
    ...base,
    name: "databasePerTenant",
    order: ["token", "context", "session", "grpc", "message", "header", "host"],
    unauthenticated: ["host"],
    sharedHosts,
  };
}

/**
 * Services of one region. As `databasePerTenant`, and nothing is served to whoever is not proven:
 * the host must agree and never decides.
 * @param sharedHosts the hosts that all tenants of the region share.
 */
export function residencySilo(sharedHosts: readonly string[] = []): ResolutionPolicy {
  return {
    ...base,
    name: "residencySilo",
    order: ["token", "context", "session", "grpc", "message", "header", "host"],
    sharedHosts,
  };
}

/**
 * An installation that serves one tenant by its configuration.
 * @param tenant its UUID, or its name where the store knows names.
 * @param strict false: what a request says is not even read. true: it must agree, or is refused.
 */
export function dedicatedSingleTenant(tenant: string, { strict }: { strict: boolean }): ResolutionPolicy {
  return {
    ...base,
    name: "dedicatedSingleTenant",
    order: ["static", "token", "context", "session", "grpc", "message", "header"],
    static: { tenant, strict },
  };
}

/**
 * A console that routes to environments: by path, host, header, the session's active environment,
 * then the only environment there is. Path and host are what the caller says, so with a session it is
 * the session that decides, and they must agree: which of two was meant is not guessed.
 * @param options.only the tenant of an installation with one environment: `authenticated: false`.
 * @param options.sharedHosts hosts that all environments share.
 */
export function environmentRouter(
  options: { only?: string; sharedHosts?: readonly string[] } = {},
): ResolutionPolicy {
  return {
    ...base,
    name: "environmentRouter",
    order: ["path", "host", "header", "token", "context", "session", "default"],
    unauthenticated: ["host", "default"],
    headers: ["x-environment-id", "x-tenant-id"],
    path: "/environments/:tenant",
    sharedHosts: options.sharedHosts ?? [],
    ...(options.only === undefined ? {} : { default: options.only }),
  };
}

/**
 * Configuration first, then the token, then headers, then what the transport carries. With a tenant
 * in the configuration it is strict: a token for another one is refused, and a token may omit the
 * claim.
 * @param options.tenant the tenant in the configuration, if the installation has one.
 * @param options.requireClaim refuse whoever has no verified token with the claim.
 * @param options.hosts look at hosts too; `shared` are those that say nothing.
 */
export function configurationFirst(
  options: { tenant?: string; requireClaim?: boolean; hosts?: { shared: readonly string[] } } = {},
): ResolutionPolicy {
  return {
    ...base,
    name: "configurationFirst",
    order: [
      "static",
      "token",
      "header",
      ...(options.hosts ? ["host"] : []),
      "grpc",
      "message",
      "context",
      "session",
    ],
    requireToken: options.tenant === undefined && (options.requireClaim ?? false),
    sharedHosts: options.hosts?.shared ?? [],
    ...(options.tenant === undefined ? {} : { static: { tenant: options.tenant, strict: true } }),
  };
}

/**
 * Services that hand a token on from call to call: every request has one, and its claim is the
 * tenant. A header, a signed context or metadata may be there and must agree.
 */
export const districtService: ResolutionPolicy = {
  ...base,
  name: "districtService",
  order: ["token", "context", "grpc", "header"],
  requireToken: true,
};

/**
 * Services behind a gateway that names the tenant in `X-Tenant-Id`, or signs a context. From
 * whoever is no trusted hop the header decides nothing.
 */
export const headerFilter: ResolutionPolicy = {
  ...base,
  name: "headerFilter",
  order: ["header", "context"],
};
