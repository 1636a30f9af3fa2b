import type { HintSource } from "./hint.ts";

/** How the tenant of a request is found. The presets in `presets.ts` are complete policies. */
export interface ResolutionPolicy {
  name: string;
  /**
   * Sources from first to last. Order says which trusted source is named as the one that decided;
   * it never chooses between two different tenants. A source that is not listed is not collected.
   */
  order: readonly HintSource[];
  /** The whole installation serves this one tenant. Not strict: other hints are not even read. Strict: they must agree. */
  static?: { tenant: string; strict: boolean };
  /**
   * The tenant of requests that say nothing: source `default`, not trusted, so it decides only when
   * `unauthenticated` lists it. For an installation with one environment.
   */
  default?: string;
  /** Sources that may name the tenant when no trusted one does. The context says `authenticated: false`. */
  unauthenticated: readonly HintSource[];
  /** A request without a verified token is refused, and a token without the claim. */
  requireToken: boolean;
  /** The token's claim: `tid` unless another system issues the tokens. */
  claim: string;
  /** Header names that all mean the tenant, in lower case: `x-tenant-id` and its alias `x-environment-id`. */
  headers: readonly string[];
  /** How a path begins that names the tenant: `/environments/:tenant`. null: none does. */
  path: string | null;
  /** Hosts that all tenants share, such as `api.example.com`: they say nothing. Others must be registered. */
  sharedHosts: readonly string[];
}
