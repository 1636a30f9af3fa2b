import { listParams } from "@/components/lists/list-params";
import { operationStatuses } from "@/server/domain/operations/names";

export const operationListParams = listParams(["created"], { status: operationStatuses }, "desc");

/** What the procedures take: they sort by nothing else, so the column is not sent. */
export function operationListInput<Input extends { sort?: "created" }>({ sort: _, ...input }: Input) {
  return input;
}
