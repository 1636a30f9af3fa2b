"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";

import { cn } from "./cn";
import { nextSort, type PlacedColumn, type Sort } from "./data-table-columns";
import { TableHead } from "./table";

interface SortableHeadProps<Row> {
  column: PlacedColumn<Row>;
  sort: Sort | null;
  onSortChange?: ((sort: Sort | null) => void) | undefined;
}

function SortIcon({ direction }: { direction: "asc" | "desc" | null }) {
  if (direction === "asc") return <ArrowUp aria-hidden="true" className="size-3.5 shrink-0" />;
  if (direction === "desc") return <ArrowDown aria-hidden="true" className="size-3.5 shrink-0" />;
  return (
    <ChevronsUpDown
      aria-hidden="true"
      className="size-3.5 shrink-0 opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100 stacked:hidden"
    />
  );
}

export function SortableHead<Row>({ column, sort, onSortChange }: SortableHeadProps<Row>) {
  const end = column.align === "end";
  const direction = sort?.column === column.id ? sort.direction : null;
  if (!column.sortable || !onSortChange) {
    return <TableHead className={column.headStyle}>{column.header}</TableHead>;
  }
  return (
    <TableHead
      aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : "none"}
      className={column.headStyle}
    >
      <button
        type="button"
        onClick={() => onSortChange(nextSort(column.id, sort))}
        className={cn(
          "group/sort inline-flex h-6 max-w-full items-center gap-1 rounded-sm hover:text-ink focus-visible:-outline-offset-2",
          direction && "text-ink",
          end && "flex-row-reverse",
        )}
      >
        <span className="truncate">{column.header}</span>
        <SortIcon direction={direction} />
      </button>
    </TableHead>
  );
}
