import { listParams } from "@/components/lists/list-params";
import { clusterStates, driverKinds } from "@/server/domain/clusters/names";

export const clusterListParams = listParams(["name", "databases", "created"], {
  driver: driverKinds,
  state: clusterStates,
});
