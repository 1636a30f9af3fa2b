import type { RefusalCode } from "./refusal-code.ts";

/**
 * What a caller reads of a refusal. The sentence of the error itself is for logs: this one is fixed, so
 * that no value can get into it.
 */
export const sentences: Readonly<Record<RefusalCode, string>> = {
  invalid: "Something on this request that names its tenant is malformed.",
  unauthenticated: "A valid token for a tenant is needed.",
  tenant_required: "A valid token for a tenant is needed.",
  tenant_conflict: "This request names more than one tenant.",
  not_found: "There is no such tenant.",
  tenant_inactive: "The tenant is not active.",
  forbidden: "This is not allowed.",
  limit: "A limit is reached.",
  schema_too_old: "The tenant's database waits for a newer schema.",
  unavailable: "Tenants cannot be looked up at the moment.",
};
