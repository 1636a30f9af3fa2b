import type { Route } from "next";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { statusWord } from "@/components/environments/environment-status";
import { paths } from "@/components/paths";
import { cn } from "@/components/ui/cn";
import { formatBytes } from "@/components/ui/format";
import { Time } from "@/components/ui/time";
import { toneDot, type Tone } from "@/components/ui/tone";
import type { EnvironmentStatus } from "@/server/domain/environments/names";

type Overview = ApiOutputs["fleet"]["overview"];

/** What needs a look comes first: a narrow place cuts the end. */
const byUrgency: readonly EnvironmentStatus[] = [
  "failed",
  "provisioning",
  "moving",
  "deleting",
  "active",
  "suspended",
  "archived",
];

const counted = (count: number) => count.toLocaleString("en-GB");

interface CountProps {
  term: string;
  value: number;
  /** Colours a dot before the note: something is to be looked at. */
  tone?: Tone | undefined;
  note: ReactNode;
  href?: Route;
}

function Count({ term, value, tone, note, href }: CountProps) {
  return (
    <div className={cn("relative min-w-0 bg-panel px-4 py-3", href && "hover:bg-sunken")}>
      <dt className="text-xs text-faint">
        {href ? (
          <Link
            href={href}
            className="outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {term}
          </Link>
        ) : (
          term
        )}
      </dt>
      <dd>
        <span className="block text-xl font-medium tabular-nums">{counted(value)}</span>
        <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted">
          {tone && <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", toneDot[tone])} />}
          <span className="min-w-0 truncate" title={typeof note === "string" ? note : undefined}>
            {note}
          </span>
        </span>
      </dd>
    </div>
  );
}

function environmentNote({ total, by }: Overview["environments"]): string {
  if (total === 0) return "none yet";
  if (by.active === total) return "all active";
  return byUrgency
    .flatMap((status) => (by[status] ? [`${counted(by[status])} ${statusWord(status).toLowerCase()}`] : []))
    .join(" · ");
}

function environmentTone({ by }: Overview["environments"]): Tone | undefined {
  if (by.failed) return "red";
  return by.provisioning || by.moving || by.deleting ? "amber" : undefined;
}

function clusterNote({ total, by }: Overview["clusters"]): string {
  if (by.active === total) return "all active";
  return (["offline", "draining", "active"] as const)
    .flatMap((state) => (by[state] ? [`${counted(by[state])} ${state}`] : []))
    .join(" · ");
}

/** The fleet in six numbers, most of them the way to their list. */
export function FleetCounts({ overview }: { overview: Overview }) {
  const { organizations, environments, databases, clusters, operations, findings } = overview;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line md:grid-cols-3 xl:grid-cols-6">
      <Count
        term="Organizations"
        value={organizations.total}
        note={organizations.fresh === 0 ? "none new in 24 h" : `${counted(organizations.fresh)} new in 24 h`}
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
        term="Clusters"
        value={clusters.total}
        tone={clusters.by.offline ? "red" : clusters.by.draining ? "amber" : undefined}
        note={clusterNote(clusters)}
        href={paths.fleetClusters()}
      />
      <Count
        term="Operations under way"
        value={operations.running}
        tone={operations.failed > 0 ? "red" : undefined}
        note={
          operations.failed === 0 ? "none failed in 24 h" : `${counted(operations.failed)} failed in 24 h`
        }
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
            "checked once a day"
          )
        }
        href={paths.fleetFindings()}
      />
    </dl>
  );
}
