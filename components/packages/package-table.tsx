"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { Time } from "@/components/ui/time";
import { packageListParams } from "./list-params";
import { packageDescription, publishCommand } from "./package-words";

type Row = ApiOutputs["packages"]["list"]["items"][number];

const columns: Column<Row>[] = [
  {
    id: "name",
    header: "Name",
    sortable: true,
    href: (row) => paths.fleetPackage(row.name),
    title: (row) => row.name,
    cell: (row) => <bdi>{row.name}</bdi>,
  },
  {
    id: "newest",
    header: "Newest",
    width: "7rem",
    stacked: "beside",
    cell: (row) => row.newestVersion ?? <span className="text-faint">none yet</span>,
  },
  { id: "versions", header: "Versions", width: "6rem", align: "end", cell: (row) => row.versionCount },
  {
    id: "environments",
    header: "Environments",
    width: "8rem",
    align: "end",
    cell: (row) => row.environmentCount ?? 0,
  },
  {
    id: "schema",
    header: "Schema",
    width: "9rem",
    secondary: true,
    title: (row) => row.schema,
    cell: (row) => <span className="font-mono text-xs">{row.schema}</span>,
  },
  {
    id: "owner",
    header: "Owner",
    width: "11rem",
    secondary: true,
    title: (row) => row.ownerService,
    cell: (row) => <bdi>{row.ownerService}</bdi>,
  },
  {
    id: "updated",
    header: "Changed",
    sortable: true,
    width: "7rem",
    secondary: true,
    cell: (row) => <Time value={row.updatedAt} />,
  },
];

/** Every schema that a service owns. */
export function PackageTable() {
  const trpc = useTRPC();
  const list = useList(packageListParams);
  const query = useQuery(trpc.packages.list.queryOptions(list.input, { placeholderData: keepPreviousData }));
  const page = query.data;
  return (
    <Page title="Packages" count={page && countText(page.total)} description={packageDescription}>
      <FilterBar search={list.search("Search packages")} onReset={list.onReset} />
      <ListTable
        list={list}
        query={query}
        label="Packages"
        what="packages"
        noMatch="No package matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        empty={{
          text: "No package yet. Publish the first from the folder that holds its migrations.",
          command: publishCommand,
        }}
      />
    </Page>
  );
}
