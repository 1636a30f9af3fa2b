"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { spanLabels } from "@/components/audit/audit-words";
import { ListEmpty } from "@/components/lists/list-empty";
import { LoadError } from "@/components/api/load-error";
import { useList } from "@/components/lists/use-list";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pager } from "@/components/ui/pager";
import { Skeleton } from "@/components/ui/skeleton";
import { auditSpans } from "@/server/domain/audit/names";
import { ActivityEntry } from "./activity-entry";
import { activityParams } from "./activity-params";
import { environmentActions } from "./activity-words";

/** The environment's part of the audit trail, the newest first. */
export function EnvironmentActivity({ environmentId }: { environmentId: string }) {
  const trpc = useTRPC();
  const list = useList(activityParams);
  const query = useQuery(
    trpc.audit.listEnvironment.queryOptions(
      { environment: environmentId, ...list.input },
      { placeholderData: keepPreviousData },
    ),
  );
  const page = query.data;
  return (
    <>
      <FilterBar
        search={list.search("Search entries")}
        facets={[
          list.facet(
            "action",
            "Action",
            environmentActions.map((value) => ({ value, label: value })),
          ),
          list.facet(
            "within",
            "Time",
            auditSpans.map((value) => ({ value, label: spanLabels[value] })),
          ),
        ]}
        onReset={list.onReset}
      />
      {query.isError && !page ? (
        <LoadError what="entries" query={query} />
      ) : !page ? (
        <EntriesSkeleton />
      ) : page.items.length === 0 ? (
        <ListEmpty list={list} noMatch="No entry matches" />
      ) : (
        <div className="max-w-[960px]">
          <ol
            aria-label="Audit entries"
            aria-busy={query.isPlaceholderData}
            className={query.isPlaceholderData ? "opacity-60" : undefined}
          >
            {page.items.map((row) => (
              <ActivityEntry key={row.id} row={row} />
            ))}
          </ol>
          <Pager {...list.pager(page)} />
        </div>
      )}
    </>
  );
}

function EntriesSkeleton() {
  return (
    <div role="status" aria-label="Loading entries" className="flex max-w-[960px] flex-col">
      {["w-64", "w-52", "w-72", "w-56", "w-60"].map((width) => (
        <div key={width} className="flex gap-3 border-b border-line py-3">
          <Skeleton className="size-6 rounded-full" />
          <div className="flex flex-col gap-2 py-1">
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-2.5 w-40" />
          </div>
        </div>
      ))}
    </div>
  );
}
