"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "./button";

export interface PagerProps {
  /** "1–50 of 1,204", or "50 rows" where nobody counts. */
  summary?: ReactNode;
  /** Left out when there is no such page. */
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  /** At the far end: export. */
  action?: ReactNode;
}

/** One page back or forth; keyset pages have no numbers. */
export function Pager({ summary, onPrevious, onNext, action }: PagerProps) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-2 pt-3">
      <span className="text-xs text-faint tabular-nums">{summary}</span>
      <span className="flex items-center gap-2">
        {action}
        <Button size="sm" onClick={onPrevious} disabledReason={onPrevious ? null : "This is the first page"}>
          <ChevronLeft />
          Previous
        </Button>
        <Button size="sm" onClick={onNext} disabledReason={onNext ? null : "This is the last page"}>
          Next
          <ChevronRight />
        </Button>
      </span>
    </nav>
  );
}
