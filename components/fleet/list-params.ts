import { listParams } from "@/components/lists/list-params";
import { operationStatuses } from "@/server/domain/operations/names";
import { tiers } from "@/server/domain/organizations/names";

export const fleetOrganizationParams = listParams(["name", "created"], { tier: tiers });

const { sort: _, ...operationParams } = listParams(["created"], { status: operationStatuses }, "desc");

/** Operations come in the order of time, and in no other. */
export const fleetOperationParams = operationParams;
