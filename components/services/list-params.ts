import { listParams } from "@/components/lists/list-params";

const { sort: _, ...params } = listParams(["created"], {}, "desc");

/** Services come in the order of time, the newest first. */
export const serviceListParams = params;
