"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListError } from "@/components/lists/list-error";
import { countText, useList } from "@/components/lists/use-list";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { Bytes } from "@/components/ui/bytes";
import { Copyable } from "@/components/ui/copyable";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pager } from "@/components/ui/pager";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { findingKinds } from "@/server/domain/findings/names";
import { CheckButton, CheckProgress, useFindingCheck } from "./finding-check";
import { FindingGuide } from "./finding-guide";
import { findingWords } from "./finding-words";
import { findingListParams } from "./list-params";

type Row = ApiOutputs["findings"]["list"]["items"][number];

const columns: Column<Row>[] = [
  {
    id: "subject",
    header: "Subject",
    title: (row) => row.subject,
    cell: (row) =>
      row.environmentId ? (
        <span className="font-medium">{row.subject}</span>
      ) : (
        <span className="text-muted">no environment</span>
      ),
  },
  {
    id: "kind",
    header: "Kind",
    width: "8rem",
    cell: (row) => <StatusDot tone={findingWords[row.kind].tone}>{findingWords[row.kind].label}</StatusDot>,
  },
  {
    id: "problem",
    header: "What is wrong",
    width: "21rem",
    title: (row) => row.problem,
    cell: (row) => row.problem,
  },
  {
    id: "file",
    header: "File",
    width: "14rem",
    cell: (row) => <Copyable text={row.databaseName} label="Copy file name" />,
  },
  { id: "size", header: "Size", width: "6rem", align: "end", cell: (row) => <Bytes value={row.sizeBytes} /> },
];

/** Where registry and databases differ, as the newest check saw it. */
export function FindingTable() {
  const trpc = useTRPC();
  const list = useList(findingListParams);
  const checking = useFindingCheck();
  const query = useQuery(trpc.findings.list.queryOptions(list.input, { placeholderData: keepPreviousData }));
  const page = query.data;
  return (
    <Page
      title="Findings"
      {...(page ? { count: countText(page.total) } : {})}
      description="Freehold compares its registry with the database files, both ways, and lists what does not match. It only looks: nothing is changed, adopted or removed by a check."
      action={<CheckButton {...checking} />}
      facts={
        <Facts
          items={[{ term: "Last check", value: page?.checkedAt ? <Time value={page.checkedAt} /> : "never" }]}
        />
      }
    >
      <CheckProgress {...checking} />
      <FilterBar
        search={list.search("Search findings")}
        facets={[
          list.facet(
            "kind",
            "Kind",
            findingKinds.map((value) => ({ value, label: findingWords[value].label })),
          ),
        ]}
        onReset={list.onReset}
      />
      <DataTable
        label="Findings"
        columns={columns}
        rows={page?.items ?? []}
        rowId={(row) => row.id}
        rowName={(row) => row.subject}
        loading={query.isPending}
        refreshing={query.isPlaceholderData}
        error={
          query.isError && !page ? (
            <ListError what="findings" error={query.error} onRetry={() => void query.refetch()} />
          ) : undefined
        }
        empty={
          <Nothing filtered={list.isFiltered} checked={page?.checkedAt != null} onReset={list.onReset} />
        }
        pager={page && page.items.length > 0 ? <Pager {...list.pager(page)} /> : undefined}
      />
      <FindingGuide />
    </Page>
  );
}

function Nothing({
  filtered,
  checked,
  onReset,
}: {
  filtered: boolean;
  checked: boolean;
  onReset: () => void;
}) {
  if (filtered)
    return (
      <EmptyState action={<Button onClick={onReset}>Reset filters</Button>}>
        No finding matches these filters.
      </EmptyState>
    );
  if (checked)
    return (
      <EmptyState>
        Registry and databases agree: every environment has its file, and every file its environment.
      </EmptyState>
    );
  return (
    <EmptyState>
      Nothing was compared yet. A check reads the registry and the head of every database file.
    </EmptyState>
  );
}
