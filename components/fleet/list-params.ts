import { listParams } from "@/components/lists/list-params";
import { tiers } from "@/server/domain/organizations/names";

export const fleetOrganizationParams = listParams(["name", "created"], { tier: tiers });
