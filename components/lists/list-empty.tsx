"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListState } from "./use-list";

/** What a list says that has nothing in it yet. */
export interface EmptyList {
  /** One sentence on what would be here. */
  text: string;
  /** The button that makes the first one. */
  action?: ReactNode;
  /** The command that does the same. */
  command?: string;
}

export interface ListEmptyProps {
  list: Pick<ListState, "isFiltered" | "hasFacets" | "onReset">;
  /** How it begins to say that a search or filters leave no row: "No cluster matches". */
  noMatch: string;
  /** Left out where there always is a row, so that only a filter can leave none. */
  empty?: EmptyList;
}

/** In place of the rows of a list when there are none. */
export function ListEmpty({ list, noMatch, empty }: ListEmptyProps) {
  if (empty && !list.isFiltered) {
    const { text, ...rest } = empty;
    return <EmptyState {...rest}>{text}</EmptyState>;
  }
  return (
    <EmptyState
      action={<Button onClick={list.onReset}>{list.hasFacets ? "Reset filters" : "Reset search"}</Button>}
    >
      {noMatch} {list.hasFacets ? "these filters" : "this search"}.
    </EmptyState>
  );
}
