"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { useList } from "@/components/lists/use-list";
import { operationListInput, operationListParams } from "./list-params";
import { OperationList, operationPace } from "./operation-list";

/** What was done to one environment. */
export function EnvironmentOperations({ environmentId }: { environmentId: string }) {
  const trpc = useTRPC();
  const list = useList(operationListParams);
  const query = useQuery(
    trpc.operations.list.queryOptions(
      { environment: environmentId, ...operationListInput(list.input) },
      { placeholderData: keepPreviousData, refetchInterval: operationPace },
    ),
  );
  return (
    <OperationList
      query={query}
      list={list}
      hasOneSubject
      emptyText="What is done to this environment is listed here with its steps."
    />
  );
}
