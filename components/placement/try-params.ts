import { parseAsStringLiteral } from "nuqs/server";
import { driverKinds } from "@/server/domain/clusters/names";
import { environmentTypes, regions } from "@/server/domain/environments/names";
import { isolations } from "@/server/domain/placement/names";
import { tiers } from "@/server/domain/organizations/names";

/** What is being tried, in the address: the page reads it on the server and the form in the browser. */
export const tryParams = {
  type: parseAsStringLiteral(environmentTypes).withDefault("production"),
  tier: parseAsStringLiteral(tiers).withDefault("standard"),
  region: parseAsStringLiteral(regions).withDefault("us-east"),
  residency: parseAsStringLiteral(regions),
  isolation: parseAsStringLiteral(isolations),
  driver: parseAsStringLiteral(driverKinds),
};

interface Tried {
  type: (typeof environmentTypes)[number];
  tier: (typeof tiers)[number];
  region: (typeof regions)[number];
  residency: (typeof regions)[number] | null;
  isolation: (typeof isolations)[number] | null;
  driver: (typeof driverKinds)[number] | null;
}

/** The address's state as the procedure takes it. */
export function tryInput({ type, tier, region, residency, isolation, driver }: Tried) {
  return {
    envType: type,
    tier,
    region,
    residency,
    ...(isolation ? { isolation } : {}),
    ...(driver ? { driver } : {}),
  };
}
