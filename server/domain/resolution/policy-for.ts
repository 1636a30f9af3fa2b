import type { ResolutionPolicy } from "@/sdk/resolution/policy";
import { preparePolicy } from "@/sdk/resolution/prepare-policy";
import {
  configurationFirst,
  databasePerTenant,
  dedicatedSingleTenant,
  districtService,
  environmentRouter,
  headerFilter,
  residencySilo,
  sharedDb,
} from "@/sdk/resolution/presets";
import { DomainError } from "@/server/kernel/errors";
import type { ExplainRequest } from "./schema";

type Chosen = Pick<ExplainRequest, "preset" | "tenant" | "strict" | "sharedHosts">;

/** The policy that the service would have; throws `invalid` for one that cannot be meant. */
export function policyFor(chosen: Chosen): ResolutionPolicy {
  const policy = presetNamed(chosen);
  try {
    preparePolicy(policy);
  } catch (error) {
    if (error instanceof TypeError) throw new DomainError("invalid", error.message, { field: "preset" });
    throw error;
  }
  return policy;
}

function presetNamed({ preset, tenant, strict, sharedHosts }: Chosen): ResolutionPolicy {
  switch (preset) {
    case "sharedDb":
      return sharedDb;
    case "databasePerTenant":
      return databasePerTenant(sharedHosts);
    case "residencySilo":
      return residencySilo(sharedHosts);
    case "dedicatedSingleTenant":
      if (tenant === undefined)
        throw new DomainError("invalid", "This policy names the one tenant that is served. Say which.", {
          field: "tenant",
        });
      return dedicatedSingleTenant(tenant, { strict });
    case "environmentRouter":
      return environmentRouter({ sharedHosts, ...(tenant === undefined ? {} : { only: tenant }) });
    case "configurationFirst":
      return configurationFirst({
        ...(tenant === undefined ? {} : { tenant }),
        ...(sharedHosts.length === 0 ? {} : { hosts: { shared: sharedHosts } }),
      });
    case "districtService":
      return districtService;
    case "headerFilter":
      return headerFilter;
  }
}
