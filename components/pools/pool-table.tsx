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
import { LinkButton } from "@/components/ui/link-button";
import { Meter } from "@/components/ui/meter";
import { Time } from "@/components/ui/time";
import { poolStates } from "@/server/domain/pools/names";
import { poolListParams } from "./list-params";
import { PoolStateDot } from "./pool-state";
import { createCommand, poolDescription, poolLooks } from "./pool-words";

type Row = ApiOutputs["pools"]["list"]["items"][number];

const columns: Column<Row>[] = [
  {
    id: "name",
    header: "Name",
    sortable: true,
    href: (row) => paths.fleetPool(row.id),
    title: (row) => row.name,
    cell: (row) => <bdi>{row.name}</bdi>,
  },
  {
    id: "cluster",
    header: "Cluster",
    width: "15rem",
    secondary: true,
    stacked: "plain",
    title: (row) => `${row.cluster.name} in ${row.cluster.region}`,
    cell: (row) => (
      <>
        <bdi>{row.cluster.name}</bdi> <span className="text-faint">in {row.cluster.region}</span>
      </>
    ),
  },
  {
    id: "state",
    header: "State",
    width: "7rem",
    stacked: "beside",
    cell: (row) => <PoolStateDot state={row.state} reason={row.stateReason} />,
  },
  {
    id: "tenants",
    header: "Tenants",
    sortable: true,
    width: "13.5rem",
    stacked: "plain",
    cell: (row) => (
      <Meter compact label={`Tenants in ${row.name}`} value={row.tenantCount} max={row.capacity} />
    ),
  },
  {
    id: "packages",
    header: "Packages",
    width: "6.5rem",
    align: "end",
    secondary: true,
    cell: (row) => row.packageCount.toLocaleString("en-GB"),
  },
  {
    id: "created",
    header: "Created",
    sortable: true,
    width: "7rem",
    secondary: true,
    cell: (row) => <Time value={row.createdAt} />,
  },
];

const create = (
  <LinkButton variant="primary" href={paths.newPool()}>
    Create pool
  </LinkButton>
);

/** Every shared database, with how full it is. */
export function PoolTable() {
  const trpc = useTRPC();
  const list = useList(poolListParams);
  const query = useQuery(
    trpc.pools.list.queryOptions(list.input, {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.items.some((row) => row.state === "creating") ? 2000 : false,
    }),
  );
  const page = query.data;
  return (
    <Page title="Pools" count={page && countText(page.total)} description={poolDescription} action={create}>
      <FilterBar
        search={list.search("Search pools")}
        facets={[
          list.facet(
            "state",
            "State",
            poolStates.map((value) => ({ value, label: poolLooks[value].word })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Pools"
        what="pools"
        noMatch="No pool matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        empty={{
          text: "No pool yet. Databases that many tenants share are listed here, with how full they are.",
          action: create,
          command: createCommand,
        }}
      />
    </Page>
  );
}
