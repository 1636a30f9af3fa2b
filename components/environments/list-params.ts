import { listParams } from "@/components/lists/list-params";
import { environmentStatuses, environmentTypes } from "@/server/domain/environments/names";

export const environmentListParams = listParams(["name", "created", "status", "type"], {
  type: environmentTypes,
  status: environmentStatuses,
});
