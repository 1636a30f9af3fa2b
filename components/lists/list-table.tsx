"use client";

import { lazy, Suspense } from "react";
import type { ApiError } from "@/components/api/explain";
import { DataTable, type DataTableProps } from "@/components/ui/data-table";
import { Pager } from "@/components/ui/pager";
import type { ListEmptyProps } from "./list-empty";
import { LoadError } from "@/components/api/load-error";
import type { ListPage, ListState } from "./use-list";

// Most lists have rows: what is said without them is loaded when there are none.
const ListEmpty = lazy(async () => ({ default: (await import("./list-empty")).ListEmpty }));

interface ListQuery<Row> {
  data: ListPage<Row> | undefined;
  error: ApiError | null;
  isPending: boolean;
  isPlaceholderData: boolean;
  refetch: () => Promise<unknown>;
}

type RowProps = "label" | "columns" | "rowId" | "rowName" | "rowMenu";

interface ListTableProps<Row extends object>
  extends Pick<DataTableProps<Row>, RowProps>, Pick<ListEmptyProps, "noMatch" | "empty"> {
  list: ListState;
  query: ListQuery<Row>;
  /** What the rows are called, in the plural. */
  what: string;
}

/** One page of a list as a table, or in its place why there is none. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const { list, query, what, noMatch, empty, ...rest } = props;
  const page = query.data;
  return (
    <DataTable
      {...rest}
      rows={page?.items ?? []}
      sort={list.sort}
      onSortChange={list.onSortChange}
      loading={query.isPending}
      refreshing={query.isPlaceholderData}
      error={
        query.error && !page ? (
          <LoadError what={what} query={query} onFirstPage={list.onFirstPage} />
        ) : undefined
      }
      empty={
        <Suspense>
          <ListEmpty list={list} noMatch={noMatch} empty={empty} />
        </Suspense>
      }
      pager={page && page.items.length > 0 ? <Pager {...list.pager(page)} /> : undefined}
    />
  );
}
