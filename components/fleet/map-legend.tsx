"use client";

import { statusWord } from "@/components/environments/environment-status";
import { cn } from "@/components/ui/cn";
import { toneDot } from "@/components/ui/tone";
import { environmentStatuses, type EnvironmentStatus } from "@/server/domain/environments/names";
import { statusTone } from "./map-paint";

interface MapLegendProps {
  counts: Partial<Record<EnvironmentStatus, number>>;
  /** Statuses that stand out; null for all. */
  highlighted: ReadonlySet<string> | null;
  onChange: (highlighted: ReadonlySet<string> | null) => void;
}

function Swatch({ status }: { status: EnvironmentStatus }) {
  const colour = toneDot[statusTone[status]];
  if (status !== "archived")
    return <span aria-hidden="true" className={cn("size-2.5 shrink-0 rounded-[2px]", colour)} />;
  return (
    <span aria-hidden="true" className={cn("size-2.5 shrink-0 rounded-[2px] p-px", colour)}>
      <span className="block size-full rounded-[1px] bg-panel" />
    </span>
  );
}

/** What the colours mean and how many there are; pressing one makes it stand out on the map. */
export function MapLegend({ counts, highlighted, onChange }: MapLegendProps) {
  const present = environmentStatuses.filter((status) => status === "active" || (counts[status] ?? 0) > 0);
  function toggle(status: EnvironmentStatus) {
    const next = new Set(highlighted);
    if (!next.delete(status)) next.add(status);
    onChange(next.size === 0 ? null : next);
  }
  return (
    <ul aria-label="Databases by status of their environment" className="flex flex-col gap-px">
      {present.map((status) => {
        const pressed = highlighted?.has(status) ?? false;
        return (
          <li key={status}>
            <button
              type="button"
              aria-pressed={pressed}
              title={pressed ? "Show all alike" : `Make ${statusWord(status).toLowerCase()} stand out`}
              onClick={() => toggle(status)}
              className={cn(
                "flex h-7 w-full items-center gap-2 rounded-sm px-2 text-left text-table hover:bg-hover pointer-coarse:h-9",
                pressed && "bg-accent-soft",
                highlighted && !pressed && "text-muted",
              )}
            >
              <Swatch status={status} />
              <span className="flex-1">{statusWord(status)}</span>
              <span className="tabular-nums">{(counts[status] ?? 0).toLocaleString("en-GB")}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
