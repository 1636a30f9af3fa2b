import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { statusWord } from "@/components/environments/environment-status";
import { paths } from "@/components/paths";
import { cn } from "@/components/ui/cn";
import { formatBytes } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import { toneDot, type Tone } from "@/components/ui/tone";
import { environmentStatuses } from "@/server/domain/environments/names";

type Overview = ApiOutputs["fleet"]["overview"];

interface CountProps {
  term: string;
  value: number;
  /** Colours a dot before the number: something is to be looked at. */
  tone?: Tone | undefined;
  note: ReactNode;
  href?: Route;
  className?: string;
}

function Count({ term, value, tone, note, href, className }: CountProps) {
  const number = (
    <span className="flex items-center gap-2 text-xl font-medium tabular-nums">
      {tone && <span aria-hidden="true" className={cn("size-2 rounded-full", toneDot[tone])} />}
      {value.toLocaleString("en-GB")}
    </span>
  );
  return (
    <div className={cn("relative min-w-0 bg-panel px-4 py-3", href && "hover:bg-sunken", className)}>
      <dt className="text-xs text-faint">
        {href ? (
          <Link
            href={href}
            className="after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent focus-visible:outline-none"
          >
            {term}
          </Link>
        ) : (
          term
        )}
      </dt>
      <dd>
        {number}
        <span className="block truncate text-xs text-muted">{note}</span>
      </dd>
    </div>
  );
}

function environmentNote({ total, by }: Overview["environments"]): string {
  const parts = environmentStatuses.flatMap((status) =>
    by[status] ? [`${by[status].toLocaleString("en-GB")} ${statusWord(status).toLowerCase()}`] : [],
  );
  if (total === 0) return "none yet";
  return total > 0 && by.active === total ? "all active" : parts.join(" · ");
}

function environmentTone({ by }: Overview["environments"]): Tone | undefined {
  if (by.failed) return "red";
  return by.provisioning || by.moving || by.deleting ? "amber" : undefined;
}

function operationTone({ failed, running }: Overview["operations"]): Tone | undefined {
  if (failed > 0) return "red";
  return running > 0 ? "amber" : undefined;
}

/** The fleet in five numbers, each the way to its list. */
export function FleetCounts({ overview }: { overview: Overview }) {
  const { organizations, environments, databases, operations, findings } = overview;
  const failed =
    operations.failed === 0
      ? "none failed in 24 h"
      : `${operations.failed.toLocaleString("en-GB")} failed in 24 h`;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line md:grid-cols-3 xl:grid-cols-5">
      <Count
        term="Organizations"
        value={organizations}
        note={organizations === 0 ? "none yet" : "all tiers"}
        href={paths.fleetOrganizations()}
      />
      <Count
        term="Environments"
        value={environments.total}
        tone={environmentTone(environments)}
        note={environmentNote(environments)}
      />
      <Count term="Databases" value={databases.total} note={`${formatBytes(databases.bytes)} stored`} />
      <Count
        term="Operations under way"
        value={operations.running}
        tone={operationTone(operations)}
        note={failed}
        href={paths.fleetOperations()}
      />
      <Count
        term="Findings"
        value={findings.total}
        tone={findings.total > 0 ? "amber" : undefined}
        note={
          findings.checkedAt ? (
            <>
              checked <Time value={findings.checkedAt} />
            </>
          ) : (
            "never checked"
          )
        }
        href={paths.fleetFindings()}
        className="col-span-2 xl:col-span-1"
      />
    </dl>
  );
}
