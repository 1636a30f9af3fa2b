"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Bytes } from "@/components/ui/bytes";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { Meter } from "@/components/ui/meter";
import { Time } from "@/components/ui/time";
import { clusterStates } from "@/server/domain/clusters/names";
import { labelText } from "./cluster-labels";
import { ClusterStateDot } from "./cluster-state";
import { driverLabels, driverOptions, stateLooks } from "./cluster-words";
import { clusterListParams } from "./list-params";

type Row = ApiOutputs["clusters"]["list"]["items"][number];

const labelsOf = (row: Row) => Object.entries(row.labels).map(labelText).join("  ");

const columns: Column<Row>[] = [
  {
    id: "name",
    header: "Name",
    sortable: true,
    href: (row) => paths.fleetCluster(row.id),
    title: (row) => row.name,
    cell: (row) => <bdi>{row.name}</bdi>,
  },
  {
    id: "driver",
    header: "Driver",
    width: "6rem",
    stacked: "plain",
    cell: (row) => driverLabels[row.driver],
  },
  {
    id: "region",
    header: "Region",
    width: "6.5rem",
    secondary: true,
    stacked: "plain",
    cell: (row) => row.region,
  },
  {
    id: "state",
    header: "State",
    width: "7rem",
    stacked: "beside",
    cell: (row) => <ClusterStateDot state={row.state} reason={row.stateReason} />,
  },
  {
    id: "databases",
    header: "Databases",
    sortable: true,
    width: "11rem",
    cell: (row) => (
      <Meter compact label={`Databases on ${row.name}`} value={row.databaseCount} max={row.capacity} />
    ),
  },
  {
    id: "storage",
    header: "Storage",
    width: "6.5rem",
    align: "end",
    cell: (row) => <Bytes value={row.storageUsedBytes} />,
  },
  {
    id: "labels",
    header: "Labels",
    width: "8rem",
    secondary: true,
    title: labelsOf,
    cell: (row) => <span className="font-mono text-xs text-muted">{labelsOf(row)}</span>,
  },
  {
    id: "created",
    header: "Added",
    sortable: true,
    width: "7rem",
    secondary: true,
    cell: (row) => <Time value={row.createdAt} />,
  },
];

const add = (
  <LinkButton variant="primary" href={paths.newCluster()}>
    Add cluster
  </LinkButton>
);

/** Every place that can host databases. */
export function ClusterTable() {
  const trpc = useTRPC();
  const list = useList(clusterListParams);
  const query = useQuery(trpc.clusters.list.queryOptions(list.input, { placeholderData: keepPreviousData }));
  const page = query.data;
  return (
    <Page title="Clusters" count={page && countText(page.total)} action={add}>
      <FilterBar
        search={list.search("Search clusters")}
        facets={[
          list.facet("driver", "Driver", driverOptions),
          list.facet(
            "state",
            "State",
            clusterStates.map((value) => ({ value, label: stateLooks[value].word })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Clusters"
        what="clusters"
        noMatch="No cluster matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        empty={{
          text: "Places that can host databases are listed here: files, Postgres servers, groups at Turso.",
          action: add,
        }}
      />
    </Page>
  );
}
