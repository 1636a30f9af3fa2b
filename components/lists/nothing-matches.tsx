"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListState } from "./use-list";

interface NothingMatchesProps {
  list: Pick<ListState, "hasFacets" | "onReset">;
  /** How its sentence begins: "No cluster matches". */
  children: string;
}

/** In place of the rows that a search or filters leave none of, with the way back to all. */
export function NothingMatches({ list, children }: NothingMatchesProps) {
  return (
    <EmptyState
      action={<Button onClick={list.onReset}>{list.hasFacets ? "Reset filters" : "Reset search"}</Button>}
    >
      {children} {list.hasFacets ? "these filters" : "this search"}.
    </EmptyState>
  );
}
