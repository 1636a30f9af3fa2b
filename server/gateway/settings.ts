import { z } from "zod";
import { presetNames, type PresetName } from "@/sdk/resolution/preset-names";
import { Secret } from "@/server/kernel/secret";

const port = z.coerce.number().int().min(0).max(65_535);
const name = z.string().regex(/^[^\p{Cc}@=]{1,80}$/u, "A service is named as in Freehold: student-service.");
const text = z.string().min(1);

const origin = z
  .url({ protocol: /^https?$/, error: "An upstream is an http or https address: http://10.0.0.5:8080." })
  .transform((value) => new URL(value))
  .refine(
    (url) => url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "",
    "An upstream has no path: requests arrive there with the path that they came with.",
  )
  .transform((url) => url.origin);

/** One upstream: what is below `prefix` goes to `origin`, signed for `audience`. */
export interface Route {
  prefix: string;
  origin: string;
  audience: string;
}

const RouteText = z
  .string()
  .regex(/^(\/[\w\-.~/]*)=([^@]+)@([^@]+)$/, "A route is /prefix=http://host:port@service.")
  .transform((text) => {
    const [, prefix = "", url = "", service = ""] = /^(\/[^=]*)=([^@]+)@(.+)$/.exec(text) ?? [];
    return { prefix: prefix === "/" ? "/" : prefix.replace(/\/+$/, ""), origin: url, audience: service };
  })
  .pipe(z.strictObject({ prefix: z.string(), origin, audience: name }));

const browserOrigin = z
  .url({
    protocol: /^https?$/,
    error: "An origin is a scheme, a host and perhaps a port: https://app.example.com.",
  })
  .refine((value) => new URL(value).origin === value, "An origin has no path, and no * stands for others.");

const httpUrl = z.url({ protocol: /^https?$/, error: "--issuer is an http or https address." });

const Options = z.strictObject({
  upstream: origin.optional(),
  audience: name.optional(),
  route: z.array(RouteText).default([]),
  port: port.default(8080),
  host: text.default("::"),
  adminPort: port.default(9090),
  adminHost: text.default("127.0.0.1"),
  hostHeader: z.enum(["upstream", "client"], "--host-header is upstream or client.").default("upstream"),
  preset: z.enum(presetNames, `--preset is one of ${presetNames.join(", ")}.`).default("districtService"),
  tenant: text.optional(),
  name: name.default("gateway"),
  issuer: httpUrl.optional(),
  tokenAudience: z.array(name).default([]),
  sharedHost: z.array(text).default([]),
  corsOrigin: z.array(browserOrigin).default([]),
  trustedHop: z.array(text).default([]),
  maxBody: z.coerce.number().int().min(0).max(1024).default(10),
  headTimeout: z.coerce.number().min(0.05).max(60).default(10),
  upstreamTimeout: z.coerce.number().min(0.05).max(600).default(30),
  grace: z.coerce.number().min(0).max(300).default(5),
  drain: z.coerce.number().min(0).max(600).default(30),
  metricsTenants: z.coerce.number().int().min(0).max(1000).default(0),
});

const Source = z.object({
  FREEHOLD_URL: z.url({
    protocol: /^https?$/,
    error: "Set FREEHOLD_URL to the address of Freehold, such as https://console.example.com.",
  }),
  FREEHOLD_SERVICE_KEY: z
    .string("Set FREEHOLD_SERVICE_KEY to the key of a service that may sign: fhs_….")
    .regex(/^fhs_/, "FREEHOLD_SERVICE_KEY starts with fhs_."),
});

/** Where Freehold is, and the key that the gateway shows there. */
export interface Access {
  url: string;
  key: Secret;
}

/** How a gateway runs: bytes and milliseconds. */
export interface GatewaySettings {
  routes: Route[];
  port: number;
  host: string;
  adminPort: number;
  adminHost: string;
  /** What upstreams see as Host: their own name, or the one that the client asked for. */
  hostHeader: "upstream" | "client";
  preset: PresetName;
  /** The one tenant of an installation that has one. */
  tenant: string | undefined;
  /** The gateway's own name in Freehold: its contexts are signed by it. */
  name: string;
  /** Who issues tokens, when Freehold names itself by another address than it is reached by. */
  issuer: string | undefined;
  tokenAudiences: string[];
  sharedHosts: string[];
  /** Where scripts in browsers may call from. */
  corsOrigins: string[];
  trustedHops: string[];
  maxBodyBytes: number;
  headTimeoutMs: number;
  upstreamTimeoutMs: number;
  graceMs: number;
  drainMs: number;
  metricsTenants: number;
}

/** The options of the command; throws one error that lists every mistake, a sentence each. */
export function readSettings(options: unknown): GatewaySettings {
  const given = parse(Options, options);
  return {
    routes: routesOf(given),
    port: given.port,
    host: given.host,
    adminPort: given.adminPort,
    adminHost: given.adminHost,
    hostHeader: given.hostHeader,
    preset: given.preset,
    tenant: given.tenant,
    name: given.name,
    issuer: given.issuer?.replace(/\/+$/, ""),
    tokenAudiences: given.tokenAudience,
    sharedHosts: given.sharedHost,
    corsOrigins: given.corsOrigin,
    trustedHops: given.trustedHop,
    maxBodyBytes: given.maxBody * 1024 * 1024,
    headTimeoutMs: given.headTimeout * 1000,
    upstreamTimeoutMs: given.upstreamTimeout * 1000,
    graceMs: given.grace * 1000,
    drainMs: given.drain * 1000,
    metricsTenants: given.metricsTenants,
  };
}

/** What the surroundings give; throws as `readSettings` does. */
export function readAccess(source: Record<string, string | undefined>): Access {
  const { FREEHOLD_URL, FREEHOLD_SERVICE_KEY } = parse(Source, source);
  return { url: FREEHOLD_URL.replace(/\/+$/, ""), key: new Secret(FREEHOLD_SERVICE_KEY) };
}

function routesOf({ upstream, audience, route }: z.infer<typeof Options>): Route[] {
  if (upstream !== undefined && audience === undefined)
    throw new Error("Name the upstream's service with --audience: what the gateway signs is for it alone.");
  const whole =
    upstream === undefined || audience === undefined ? [] : [{ prefix: "/", origin: upstream, audience }];
  const routes = [...whole, ...route];
  if (routes.length === 0) throw new Error("Give --upstream with --audience, or --route.");
  const prefixes = new Set(routes.map(({ prefix }) => prefix));
  if (prefixes.size < routes.length) throw new Error("Two routes have the same prefix.");
  return routes;
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ message }) => message).join("\n"));
}
