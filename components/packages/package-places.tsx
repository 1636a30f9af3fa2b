"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { Time } from "@/components/ui/time";
import { environmentPackageStatuses } from "@/server/domain/packages/names";
import { placeListParams } from "./list-params";
import { InstallStatusDot } from "./package-status";
import { installLooks } from "./package-words";

type Row = ApiOutputs["packages"]["places"]["items"][number];

const columns: Column<Row>[] = [
  {
    id: "place",
    header: "Environment",
    title: (row) => `${row.organization}/${row.environment}`,
    cell: (row) => (
      <bdi className="font-medium">
        {row.organization}/{row.environment}
      </bdi>
    ),
  },
  {
    id: "status",
    header: "Status",
    width: "7.5rem",
    stacked: "beside",
    cell: (row) => <InstallStatusDot status={row.status} problem={row.problem} />,
  },
  {
    id: "observed",
    header: "Has",
    width: "7rem",
    cell: (row) => row.observedVersion ?? <span className="text-faint">nothing yet</span>,
  },
  { id: "desired", header: "Is to have", width: "7rem", cell: (row) => row.desiredVersion },
  {
    id: "problem",
    header: "Problem",
    secondary: true,
    stacked: "plain",
    title: (row) => row.problem,
    cell: (row) => row.problem && <span className="text-muted">{row.problem}</span>,
  },
  {
    id: "updated",
    header: "Changed",
    width: "7rem",
    secondary: true,
    cell: (row) => <Time value={row.updatedAt} />,
  },
];

/** Where a package is installed, or is to be. */
export function PackagePlaces({ name }: { name: string }) {
  const trpc = useTRPC();
  const list = useList(placeListParams);
  const query = useQuery(
    trpc.packages.places.queryOptions(
      { package: name, ...list.input },
      { placeholderData: keepPreviousData, refetchInterval: 10_000 },
    ),
  );
  const page = query.data;
  return (
    <section aria-label="Environments" className="flex min-w-0 flex-col gap-3">
      <h2 className="text-lg font-medium">
        Environments{" "}
        {page && <span className="font-normal text-faint tabular-nums">{countText(page.total)}</span>}
      </h2>
      <FilterBar
        search={list.search("Search environments")}
        facets={[
          list.facet(
            "status",
            "Status",
            environmentPackageStatuses.map((value) => ({ value, label: installLooks[value].word })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Environments"
        what="environments"
        noMatch="No environment matches"
        columns={columns}
        rowId={(row) => row.environmentId}
        empty={{
          text: "No environment has it yet. Makers and admins install it in theirs.",
          command: `freehold package install ${name} acme/prod`,
        }}
      />
    </section>
  );
}
