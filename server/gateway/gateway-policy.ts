import type { ResolutionPolicy } from "@/sdk/resolution/policy";
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

export const presets = [
  "sharedDb",
  "databasePerTenant",
  "residencySilo",
  "dedicatedSingleTenant",
  "environmentRouter",
  "configurationFirst",
  "districtService",
  "headerFilter",
] as const;
export type Preset = (typeof presets)[number];

export interface PolicyChoice {
  preset: Preset;
  sharedHosts: readonly string[];
  /** The one tenant of an installation that has one. */
  tenant: string | undefined;
}

/**
 * A preset as it holds at the edge. Whoever comes shows a token, what it sends to name a tenant
 * must agree with it, and nothing that is not proven decides: the gateway's signature makes a proof of it.
 */
export function gatewayPolicy(choice: PolicyChoice): ResolutionPolicy {
  const policy = policyOf(choice);
  const order = policy.order.filter((source) => !elsewhere.has(source));
  const missing = ["token", "header"].filter((source) => !order.includes(source));
  return { ...policy, order: [...missing, ...order], unauthenticated: [], requireToken: true };
}

// Of services among themselves, or of a service's own: no client is asked for them.
const elsewhere = new Set(["context", "session", "grpc", "message", "default"]);

function policyOf({ preset, sharedHosts, tenant }: PolicyChoice): ResolutionPolicy {
  switch (preset) {
    case "sharedDb":
      return sharedDb;
    case "databasePerTenant":
      return databasePerTenant(sharedHosts);
    case "residencySilo":
      return residencySilo(sharedHosts);
    case "dedicatedSingleTenant":
      if (tenant === undefined) throw new Error("The preset dedicatedSingleTenant needs --tenant.");
      return dedicatedSingleTenant(tenant, { strict: true });
    case "environmentRouter":
      return environmentRouter({ sharedHosts });
    case "configurationFirst":
      return configurationFirst({
        hosts: { shared: sharedHosts },
        ...(tenant === undefined ? {} : { tenant }),
      });
    case "districtService":
      return districtService;
    case "headerFilter":
      return headerFilter;
  }
}
