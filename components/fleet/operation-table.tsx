"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { OperationStatusDot } from "@/components/operations/operation-status";
import { operationLook } from "@/components/operations/operation-words";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import type { Column } from "@/components/ui/data-table-columns";
import { Duration, RunningDuration } from "@/components/ui/duration";
import { FilterBar } from "@/components/ui/filter-bar";
import { Time } from "@/components/ui/time";
import { isUnfinished, operationStatuses } from "@/server/domain/operations/names";
import { fleetOperationParams } from "./list-params";

type Row = ApiOutputs["operations"]["listAll"]["items"][number];

function Took({ row }: { row: Row }) {
  if (!row.startedAt) return <span className="text-faint">not begun</span>;
  if (row.finishedAt) return <Duration milliseconds={row.finishedAt.getTime() - row.startedAt.getTime()} />;
  return <RunningDuration since={row.startedAt} />;
}

const columns: Column<Row>[] = [
  {
    id: "title",
    header: "Operation",
    width: "14.5rem",
    href: (row) => paths.operation(row.id),
    title: (row) => row.title,
    cell: (row) => row.title,
  },
  {
    id: "status",
    header: "Status",
    width: "7.5rem",
    cell: (row) => <OperationStatusDot status={row.status} />,
  },
  {
    id: "subject",
    header: "Subject",
    title: (row) => (row.error ? `${row.subject}: ${row.error}` : row.subject),
    cell: (row) => <Subject row={row} />,
  },
  {
    id: "actor",
    header: "Ordered by",
    width: "11rem",
    secondary: true,
    title: (row) => row.actor,
    cell: (row) => <bdi className="text-muted">{row.actor}</bdi>,
  },
  { id: "ordered", header: "Ordered", width: "7rem", cell: (row) => <Time value={row.createdAt} /> },
  { id: "took", header: "Took", width: "6rem", align: "end", cell: (row) => <Took row={row} /> },
];

/** What it was done to, and why it failed: the reason keeps more than half of the room. */
function Subject({ row }: { row: Row }) {
  return (
    <span className="flex min-w-0 gap-3">
      <bdi className="min-w-16 truncate">{row.subject}</bdi>
      {row.error && <span className="max-w-[70%] min-w-[55%] flex-1 truncate text-red">{row.error}</span>}
    </span>
  );
}

/** Every operation of the installation, the newest first. */
export function FleetOperationTable() {
  const trpc = useTRPC();
  const list = useList(fleetOperationParams);
  const query = useQuery(
    trpc.operations.listAll.queryOptions(list.input, {
      placeholderData: keepPreviousData,
      // What is under way moves; what is new comes in by and by.
      refetchInterval: ({ state }) =>
        state.data?.items.some((row) => isUnfinished(row.status)) ? 1_000 : 10_000,
    }),
  );
  const page = query.data;
  return (
    <Page title="Operations" count={page && countText(page.total)}>
      <FilterBar
        search={list.search("Search operations")}
        facets={[
          list.facet(
            "status",
            "Status",
            operationStatuses.map((value) => ({ value, label: operationLook(value).word })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Operations"
        what="operations"
        noMatch="No operation matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => `${row.title} ${row.subject}`}
        empty={{ text: "Long work, such as creating or deleting a database, is listed here with its steps." }}
      />
    </Page>
  );
}
