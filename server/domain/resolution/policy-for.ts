import type { ResolutionPolicy } from "@/sdk/resolution/policy";
import { preparePolicy } from "@/sdk/resolution/prepare-policy";
import { presetNamed } from "@/sdk/resolution/preset-named";
import { DomainError } from "@/server/kernel/errors";
import type { ExplainRequest } from "./schema";

type Chosen = Pick<ExplainRequest, "preset" | "tenant" | "strict" | "sharedHosts">;

/** The policy that the service would have; throws `invalid` for one that cannot be meant. */
export function policyFor(chosen: Chosen): ResolutionPolicy {
  const lacksTenant = chosen.preset === "dedicatedSingleTenant" && chosen.tenant === undefined;
  try {
    const policy = presetNamed({ ...chosen, readsHosts: chosen.sharedHosts.length > 0 });
    preparePolicy(policy);
    return policy;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DomainError("invalid", error.message, { field: lacksTenant ? "tenant" : "preset" });
  }
}
