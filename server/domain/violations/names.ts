/** Why a service refused a request over its tenant: the codes of the SDK's refusals. */
export const violationCodes = [
  "invalid",
  "unauthenticated",
  "tenant_required",
  "tenant_conflict",
  "not_found",
  "tenant_inactive",
  "forbidden",
  "limit",
  "schema_too_old",
  "unavailable",
] as const;

/** What became of a hint. */
export const verdicts = [
  "decides",
  "agrees",
  "ignored",
  "contradicts",
  "malformed",
  "unknown",
  "inactive",
  "untrusted",
] as const;

/** So many different ones of a service are told apart in an organization's minute; the rest is one sum. */
export const mostTold = 20;

/** The code of that sum. */
export const restCode = "more";
