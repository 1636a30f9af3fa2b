"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { runKinds } from "@/server/domain/isolation/names";
import { IsolationTabs } from "./isolation-tabs";
import { runWords, verdictWords } from "./isolation-words";
import { isolationRunParams } from "./list-params";

type Run = ApiOutputs["isolation"]["runs"]["items"][number];

const columns: Column<Run>[] = [
  {
    id: "pool",
    header: "Pool",
    href: (row) => paths.fleetPool(row.pool.id),
    title: (row) => row.pool.name,
    cell: (row) => <bdi>{row.pool.name}</bdi>,
  },
  { id: "kind", header: "Kind", width: "6rem", stacked: "plain", cell: (row) => runWords[row.kind].label },
  {
    id: "verdict",
    header: "Verdict",
    width: "8rem",
    stacked: "beside",
    cell: (row) => (
      <StatusDot tone={verdictWords[row.verdict].tone}>{verdictWords[row.verdict].label}</StatusDot>
    ),
  },
  {
    id: "checks",
    header: "Checks",
    width: "9rem",
    align: "end",
    stacked: "plain",
    cell: (row) => `${row.checks.toLocaleString("en-GB")} ${runWords[row.kind].checks}`,
  },
  {
    id: "finished",
    header: "Finished",
    width: "7rem",
    stacked: "plain",
    cell: (row) => <Time value={row.finishedAt} />,
  },
  {
    id: "problem",
    header: "What it could not do",
    width: "16rem",
    secondary: true,
    stacked: "plain",
    title: (row) => row.problem,
    cell: (row) => row.problem,
  },
];

/** Every run of linter and proof, the newest first. */
export function IsolationRuns() {
  const trpc = useTRPC();
  const list = useList(isolationRunParams);
  const query = useQuery(trpc.isolation.runs.queryOptions(list.input, { placeholderData: keepPreviousData }));
  return (
    <Page title="Isolation" tabs={<IsolationTabs />}>
      <FilterBar
        search={list.search("Search runs")}
        facets={[
          list.facet(
            "kind",
            "Kind",
            runKinds.map((value) => ({ value, label: runWords[value].label })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Runs"
        what="runs"
        noMatch="No run matches"
        columns={columns}
        rowId={(row) => row.id}
        empty={{ text: "No pool was linted or attacked yet. Each run stands here with its verdict." }}
      />
    </Page>
  );
}
