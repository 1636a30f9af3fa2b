"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ApiError } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { ListTable } from "@/components/lists/list-table";
import type { useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import type { Column } from "@/components/ui/data-table-columns";
import { Duration, RunningDuration } from "@/components/ui/duration";
import { FilterBar } from "@/components/ui/filter-bar";
import { Time } from "@/components/ui/time";
import { isUnfinished, operationStatuses } from "@/server/domain/operations/names";
import type { operationListParams } from "./list-params";
import { OperationStatusDot } from "./operation-status";
import { durationOf } from "./operation-steps";
import { operationLook } from "./operation-words";

type Page = ApiOutputs["operations"]["listMine"];
type Row = Page["items"][number];

const columns: Column<Row>[] = [
  {
    id: "operation",
    header: "Operation",
    href: (row) => paths.operation(row.id),
    title: (row) => row.title,
    cell: (row) => row.title,
  },
  {
    id: "status",
    header: "Status",
    width: "7.5rem",
    stacked: "beside",
    cell: (row) => <OperationStatusDot status={row.status} />,
  },
  {
    id: "subject",
    header: "Subject",
    stacked: "plain",
    title: (row) => (row.error ? `${row.subject}: ${row.error}` : row.subject),
    cell: (row) => <Subject row={row} />,
  },
  {
    id: "actor",
    header: "Ordered by",
    width: "11rem",
    secondary: true,
    title: (row) => row.actor,
    cell: (row) => <bdi>{row.actor}</bdi>,
  },
  {
    id: "created",
    header: "Ordered",
    width: "7rem",
    sortable: true,
    stacked: "plain",
    cell: (row) => <Time value={row.createdAt} />,
  },
  { id: "took", header: "Took", width: "6rem", align: "end", cell: (row) => <Took row={row} /> },
];

const problem: Column<Row> = {
  id: "problem",
  header: "Problem",
  stacked: "plain",
  title: (row) => row.error ?? "",
  cell: (row) => row.error && <span className="text-red">{row.error}</span>,
};

const columnsOfOne = columns.map((column) => (column.id === "subject" ? problem : column));

/** What it was done to, and why it failed: the reason keeps more than half of the room. */
function Subject({ row }: { row: Row }) {
  return (
    <span className="flex min-w-0 gap-3 stacked:inline">
      <bdi className="min-w-16 truncate">{row.subject}</bdi>
      {row.error && (
        <span className="max-w-[70%] min-w-[55%] flex-1 truncate text-red stacked:ml-3">{row.error}</span>
      )}
    </span>
  );
}

function Took({ row }: { row: Row }) {
  const took = durationOf(row);
  if (took !== null) return <Duration milliseconds={took} />;
  return row.startedAt ? (
    <RunningDuration since={row.startedAt} />
  ) : (
    <span className="text-faint">not begun</span>
  );
}

/** How often a list of operations is looked at again: each second while one of them moves. */
export function operationPace({ state }: { state: { data?: Page | undefined } }): number | false {
  return state.data?.items.some((row) => isUnfinished(row.status)) ? 1000 : false;
}

export interface OperationListProps {
  query: UseQueryResult<Page, ApiError>;
  list: ReturnType<typeof useList<typeof operationListParams>>;
  /** They are all of one subject, which the page names already. */
  hasOneSubject?: boolean;
  /** One sentence on what would be listed. */
  emptyText: string;
}

/** Operations with their filters, whoever's they are. */
export function OperationList({ query, list, hasOneSubject = false, emptyText }: OperationListProps) {
  return (
    <>
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
        columns={hasOneSubject ? columnsOfOne : columns}
        rowId={(row) => row.id}
        rowName={(row) => `${row.title} ${row.subject}`}
        empty={{ text: emptyText }}
      />
    </>
  );
}
