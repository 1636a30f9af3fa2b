import { canonicalHost, canonicalTenant } from "./canonical.ts";
import { matchPath, type PathPattern } from "./match-path.ts";
import type { HintSource } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";

/** A policy as collecting and deciding ask it, made once for each. */
export interface PreparedPolicy {
  /** The place of each source in the order, from 0. */
  places: ReadonlyMap<HintSource, number>;
  unauthenticated: ReadonlySet<HintSource>;
  sharedHosts: ReadonlySet<string>;
  path: PathPattern | null;
}

const prepared = new WeakMap<ResolutionPolicy, PreparedPolicy>();

/** Throws TypeError for a policy that cannot be meant. A policy is not changed after its first use. */
export function preparePolicy(policy: ResolutionPolicy): PreparedPolicy {
  const known = prepared.get(policy);
  if (known) return known;
  const made = prepare(policy);
  prepared.set(policy, made);
  return made;
}

function prepare(policy: ResolutionPolicy): PreparedPolicy {
  const places = new Map(policy.order.map((source, place) => [source, place]));
  if (places.size !== policy.order.length) throw mistake(policy, "lists a source twice");
  if (policy.static && !places.has("static")) places.set("static", -1);
  for (const tenant of [policy.static?.tenant, policy.default])
    if (tenant !== undefined && !canonicalTenant(tenant))
      throw mistake(policy, `has a tenant that is neither a UUID nor a name: "${tenant}"`);
  if (policy.headers.some((header) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(header)))
    throw mistake(policy, "names headers other than in lower case with hyphens");
  if (policy.requireToken && !places.has("token")) throw mistake(policy, "requires a token and lists none");
  return {
    places,
    unauthenticated: new Set(policy.unauthenticated),
    sharedHosts: new Set(policy.sharedHosts.map((host) => sharedHost(policy, host))),
    path: policy.path === null ? null : pathOf(policy, policy.path),
  };
}

function sharedHost(policy: ResolutionPolicy, host: string): string {
  const canonical = canonicalHost(host);
  if (canonical === null) throw mistake(policy, `shares what is no host: "${host}"`);
  return canonical;
}

function pathOf(policy: ResolutionPolicy, template: string): PathPattern {
  const segments = template.split("/").slice(1);
  const isFit =
    template.startsWith("/") &&
    segments.filter((segment) => segment === ":tenant").length === 1 &&
    segments.every((segment) => segment === ":tenant" || /^[a-z0-9._~-]+$/.test(segment));
  if (!isFit) throw mistake(policy, `has a path without one :tenant: "${template}"`);
  return matchPath(segments);
}

function mistake(policy: ResolutionPolicy, what: string): TypeError {
  return new TypeError(`The policy "${policy.name}" ${what}.`);
}
