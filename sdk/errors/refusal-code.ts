/** Why a request gets no tenant, or no database. The codes are part of the contract. */
export type RefusalCode =
  /** A hint is there and is not what it must look like. */
  | "invalid"
  /** No token, or one that does not verify. */
  | "unauthenticated"
  /** Nothing that may be trusted says which tenant is meant. */
  | "tenant_required"
  /** Two hints name different tenants. */
  | "tenant_conflict"
  /** No such tenant, or none that the caller may know of. */
  | "not_found"
  /** Suspended, archived, being deleted: nobody is served. */
  | "tenant_inactive"
  | "forbidden"
  /** A limit of the tenant or of this process. */
  | "limit"
  /** The tenant's database has an older schema than the service needs. */
  | "schema_too_old"
  /** Freehold cannot be asked, and what is known here may not be used any longer. */
  | "unavailable";

/** The HTTP status that answers a refusal. */
export const statusOf: Record<RefusalCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  tenant_required: 401,
  tenant_conflict: 403,
  not_found: 404,
  tenant_inactive: 403,
  forbidden: 403,
  limit: 429,
  schema_too_old: 503,
  unavailable: 503,
};

/** True for a code of this contract, as it comes in an answer of another service. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(statusOf, code);
}
