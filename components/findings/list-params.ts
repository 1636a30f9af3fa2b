import { listParams } from "@/components/lists/list-params";
import { findingKinds } from "@/server/domain/findings/names";

const { sort: _, ...params } = listParams(["name"], { kind: findingKinds });

/** Findings come in the order of their databases' names. */
export const findingListParams = params;
