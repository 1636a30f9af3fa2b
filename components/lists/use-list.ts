"use client";

import { useQueryStates, type UseQueryStatesKeysMap, type Values } from "nuqs";
import type { Facet, FilterBarProps } from "@/components/ui/filter-bar";
import type { Sort } from "@/components/ui/data-table-columns";
import type { PagerProps } from "@/components/ui/pager";
import { listInput } from "./list-params";

export interface ListPage<Row> {
  items: readonly Row[];
  next: string | null;
  previous: string | null;
  total: number;
}

/** Beyond this the server stops counting. */
const countLimit = 10_000;

export function countText(total: number): string {
  return total > countLimit ? `${countLimit.toLocaleString("en-GB")}+` : total.toLocaleString("en-GB");
}

// Every parameter of a list is a text or one of several texts.
const asTexts = (state: unknown) => state as Record<string, string | null | undefined>;
const asValues = <Params extends UseQueryStatesKeysMap>(values: unknown) => values as Partial<Values<Params>>;

/** A list's state in the address, and what filter bar, table and pager need to change it. */
export function useList<Params extends UseQueryStatesKeysMap>(params: Params) {
  const [state, setState] = useQueryStates(params, { history: "push" });
  // Every change but paging starts again from the first page.
  const change = (values: Record<string, unknown>) =>
    void setState(asValues<Params>({ cursor: null, ...values }));
  const text = (name: string) => asTexts(state)[name] ?? "";
  const facetNames = Object.keys(params).filter(
    (name) => !["search", "sort", "order", "cursor"].includes(name),
  );

  return {
    input: listInput(state),
    hasFacets: facetNames.length > 0,
    isFiltered: text("search") !== "" || facetNames.some((name) => text(name) !== ""),
    sort: { column: text("sort"), direction: text("order") === "desc" ? "desc" : "asc" } satisfies Sort,
    onSortChange: (sort: Sort | null) =>
      change({ sort: sort?.column ?? null, order: sort?.direction ?? null }),
    search: (label: string): NonNullable<FilterBarProps["search"]> => ({
      value: text("search"),
      onChange: (search) => change({ search: search || null }),
      label,
    }),
    facet: (name: string & keyof Params, label: string, options: Facet["options"]): Facet => ({
      id: name,
      label,
      value: text(name),
      options,
      onChange: (value) => change({ [name]: value || null }),
    }),
    onFirstPage: () => change({}),
    onReset: () => change(Object.fromEntries(["search", ...facetNames].map((name) => [name, null]))),
    pager: (page: ListPage<unknown> | undefined): PagerProps => {
      const goTo = (cursor: string | null) => (cursor ? () => change({ cursor }) : undefined);
      return {
        summary: page ? `${page.items.length} of ${countText(page.total)}` : "",
        onPrevious: goTo(page?.previous ?? null),
        onNext: goTo(page?.next ?? null),
      };
    },
  };
}

/** What a table takes of a list, whatever its parameters are. */
export type ListState = Pick<
  ReturnType<typeof useList>,
  "hasFacets" | "isFiltered" | "sort" | "onSortChange" | "onFirstPage" | "onReset" | "pager"
>;
