import type { ReactNode } from "react";
import { Meter } from "@/components/ui/meter";
import { formatRows } from "./placement-words";

interface RowMeterProps {
  held: { rowCount: number | null; rowLimit: number | null };
  hint?: ReactNode;
}

/** The rows of an environment in a pool, as last counted, of how many it may have. */
export function RowMeter({ held: { rowCount, rowLimit }, hint }: RowMeterProps) {
  if (rowCount !== null) return <Meter label="Rows" value={rowCount} max={rowLimit} hint={hint} />;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-3 text-table">
        <span>Rows</span>
        <span className="text-muted tabular-nums">
          not counted yet, {rowLimit === null ? "no limit" : `at most ${formatRows(rowLimit)}`}
        </span>
      </div>
      {hint && <div className="text-xs text-faint">{hint}</div>}
    </div>
  );
}
