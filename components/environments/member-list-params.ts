import { listParams } from "@/components/lists/list-params";
import { environmentRoles } from "@/server/kernel/roles";

export const environmentMemberListParams = listParams(["name", "joined"], { role: environmentRoles });
