"use client";

import type { ReactNode } from "react";
import type { ApiError } from "@/components/api/explain";
import { DataTable, type DataTableProps } from "@/components/ui/data-table";
import { Pager } from "@/components/ui/pager";
import { ListError } from "./list-error";
import { NothingMatches } from "./nothing-matches";
import type { ListPage, ListState } from "./use-list";

interface ListQuery<Row> {
  data: ListPage<Row> | undefined;
  error: ApiError | null;
  isPending: boolean;
  isPlaceholderData: boolean;
  refetch: () => Promise<unknown>;
}

type RowProps = "label" | "columns" | "rowId" | "rowName" | "rowMenu";

interface ListTableProps<Row extends object> extends Pick<DataTableProps<Row>, RowProps> {
  list: ListState;
  query: ListQuery<Row>;
  /** What the rows are called, in the plural. */
  what: string;
  /** How it begins to say that a search or filters leave no row: "No cluster matches". */
  noMatch: string;
  /** In place of the rows when nothing is filtered; left out where one row is always there. */
  empty?: ReactNode;
}

/** One page of a list as a table, or in its place why there is none. */
export function ListTable<Row extends object>(props: ListTableProps<Row>) {
  const { list, query, what, noMatch, empty, ...rest } = props;
  const page = query.data;
  const nothingMatches = <NothingMatches list={list}>{noMatch}</NothingMatches>;
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
          <ListError what={what} error={query.error} onRetry={() => void query.refetch()} />
        ) : undefined
      }
      empty={list.isFiltered ? nothingMatches : (empty ?? nothingMatches)}
      pager={page && page.items.length > 0 ? <Pager {...list.pager(page)} /> : undefined}
    />
  );
}
