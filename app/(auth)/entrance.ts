import { cache } from "react";
import { api, getQueryClient } from "@/server/api/server";

/** Whether anyone is here yet, who may sign up, whether mail works. */
export const getEntrance = cache(() => getQueryClient().fetchQuery(api.settings.entrance.queryOptions({})));
