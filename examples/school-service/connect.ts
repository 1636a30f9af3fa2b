import { createFreehold, type Freehold } from "@freehold/sdk";
import type { ResolutionPolicy } from "@freehold/sdk/resolution/policy";
import { sharedDb } from "@freehold/sdk/resolution/presets";

/** The token says whose request it is, and the address must agree. */
const policy: ResolutionPolicy = {
  ...sharedDb,
  name: "schools",
  order: [...sharedDb.order, "path"],
  path: "/tenants/:tenant",
};

/** What the service has of Freehold. The package's tables live in a schema; a file has none, so the SQL names none. */
export function connectSchools(url: string, key: string): Freehold {
  return createFreehold({ url, key, service: "Schools", policy, databases: { searchPath: ["students"] } });
}
