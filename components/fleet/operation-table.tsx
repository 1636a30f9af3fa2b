"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { countText, useList } from "@/components/lists/use-list";
import { operationListInput, operationListParams } from "@/components/operations/list-params";
import { OperationList, operationPace } from "@/components/operations/operation-list";
import { Page } from "@/components/shell/page";

/** Every operation of the installation, the newest first. */
export function FleetOperationTable() {
  const trpc = useTRPC();
  const list = useList(operationListParams);
  const query = useQuery(
    trpc.operations.listAll.queryOptions(operationListInput(list.input), {
      placeholderData: keepPreviousData,
      // What is new comes in by and by.
      refetchInterval: (asked) => operationPace(asked) || 10_000,
    }),
  );
  return (
    <Page title="Operations" count={query.data && countText(query.data.total)}>
      <OperationList
        query={query}
        list={list}
        emptyText="Long work, such as creating or deleting a database, is listed here with its steps."
      />
    </Page>
  );
}
