import type { ResolutionPolicy } from "./policy.ts";
import type { PresetName } from "./preset-names.ts";
import {
  configurationFirst,
  databasePerTenant,
  dedicatedSingleTenant,
  districtService,
  environmentRouter,
  headerFilter,
  residencySilo,
  sharedDb,
} from "./presets.ts";

/** What presets are made with; each takes of it what it knows. */
export interface PresetChoice {
  preset: PresetName;
  /** The one tenant of an installation that has one. */
  tenant?: string | undefined;
  /** Whether what requests say must agree with `tenant`. */
  strict: boolean;
  /** Hosts that all tenants share. */
  sharedHosts: readonly string[];
  /** Whether `configurationFirst` looks at hosts. */
  readsHosts: boolean;
}

/** The preset of this name. Throws TypeError when it needs a tenant and there is none. */
export function presetNamed(choice: PresetChoice): ResolutionPolicy {
  const { preset, tenant, strict, sharedHosts, readsHosts } = choice;
  switch (preset) {
    case "sharedDb":
      return sharedDb;
    case "databasePerTenant":
      return databasePerTenant(sharedHosts);
    case "residencySilo":
      return residencySilo(sharedHosts);
    case "dedicatedSingleTenant":
      if (tenant === undefined)
        throw new TypeError("This policy names the one tenant that is served. Say which.");
      return dedicatedSingleTenant(tenant, { strict });
    case "environmentRouter":
      return environmentRouter({ sharedHosts, ...(tenant === undefined ? {} : { only: tenant }) });
    case "configurationFirst":
      return configurationFirst({
        ...(tenant === undefined ? {} : { tenant }),
        ...(readsHosts ? { hosts: { shared: sharedHosts } } : {}),
      });
    case "districtService":
      return districtService;
    case "headerFilter":
      return headerFilter;
  }
}
