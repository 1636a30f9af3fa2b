import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { listInput } from "@/components/lists/list-params";
import { operationListInput, operationListParams } from "@/components/operations/list-params";
import { MyOperations } from "@/components/operations/my-operations";
import { Hydrate } from "@/server/api/hydrate";
import { api, getQueryClient } from "@/server/api/server";
import { requirePerson } from "@/app/(console)/gate";

export const metadata: Metadata = { title: "Operations" };

const load = createLoader(operationListParams);

export default async function OperationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requirePerson();
  const input = operationListInput(listInput(await load(searchParams)));
  await getQueryClient().prefetchQuery(api.operations.listMine.queryOptions(input));
  return (
    <Hydrate>
      <MyOperations />
    </Hydrate>
  );
}
