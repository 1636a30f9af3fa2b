import { listParams } from "@/components/lists/list-params";
import { poolStates } from "@/server/domain/pools/names";

export const poolListParams = listParams(["name", "tenants", "created"], { state: poolStates });
