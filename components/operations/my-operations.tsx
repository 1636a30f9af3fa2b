"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { countText, useList } from "@/components/lists/use-list";
import { Page } from "@/components/shell/page";
import { operationListInput, operationListParams } from "./list-params";
import { OperationList, operationPace } from "./operation-list";

/** Every operation that a person may follow. */
export function MyOperations() {
  const trpc = useTRPC();
  const list = useList(operationListParams);
  const query = useQuery(
    trpc.operations.listMine.queryOptions(operationListInput(list.input), {
      placeholderData: keepPreviousData,
      refetchInterval: operationPace,
    }),
  );
  return (
    <Page title="Operations" count={query.data && countText(query.data.total)}>
      <OperationList
        query={query}
        list={list}
        emptyText="What is done to your environments is listed here with its steps, from the first one that you create."
      />
    </Page>
  );
}
