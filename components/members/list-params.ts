import { listParams } from "@/components/lists/list-params";
import { organizationRoles } from "@/server/kernel/roles";

export const memberListParams = listParams(["name", "joined"], { role: organizationRoles });
