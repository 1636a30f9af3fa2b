"use client";

import { useState } from "react";
import { LaterTimeline } from "@/components/operations/later-timeline";
import { InstallStatusDot } from "@/components/packages/package-status";
import { useFirstPackage } from "@/components/packages/use-first-package";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { useLast } from "@/components/ui/use-last";
import { poolRefusal } from "@/server/domain/pools/state";
import type { PoolDetail, PoolPackage } from "./use-pool";

const InstallInPoolDialog = dialogOnDemand(
  async () => (await import("./install-in-pool-dialog")).InstallInPoolDialog,
);

/** The packages of a pool: what it has, what it is to have, and why it does not have it. */
export function PoolPackages({ pool }: { pool: PoolDetail }) {
  // "": whichever is chosen in the dialog.
  const [asked, setAsked] = useState<string | null>(null);
  const preset = useLast(asked) || null;
  const refusal = poolRefusal("install", pool);
  const isEmpty = pool.packages.length === 0;
  const first = useFirstPackage(isEmpty, (name) => `freehold pool install ${pool.slug} ${name}`);
  const install = (
    <Button disabledReason={refusal} onClick={() => setAsked("")}>
      Install package
    </Button>
  );
  return (
    <Panel
      title="Packages"
      description="Installed once, for all tenants of the pool. Each sees its own rows in the tables only."
      action={isEmpty ? undefined : install}
      flush
    >
      {isEmpty ? (
        <EmptyState action={install} {...first}>
          No package yet. Install the first to make a service’s tables for every tenant of the pool.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {pool.packages.map((row) => (
            <PackageRow key={row.name} row={row} refusal={refusal} onInstall={() => setAsked(row.name)} />
          ))}
        </ul>
      )}
      <InstallInPoolDialog pool={pool} preset={preset} open={asked !== null} onClose={() => setAsked(null)} />
    </Panel>
  );
}

interface PackageRowProps {
  row: PoolPackage;
  /** Why nothing can be installed in the pool now. */
  refusal: string | null;
  onInstall: () => void;
}

function PackageRow({ row, refusal, onInstall }: PackageRowProps) {
  const isFailed = row.status === "failed";
  const verb = isFailed ? "Try again" : "Change version";
  return (
    <li aria-label={row.name} className="flex min-w-0 flex-col gap-2 px-4 py-3 text-table">
      <div className="flex min-w-0 items-center gap-3">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1">
          <TextLink href={paths.fleetPackage(row.name)} className="min-w-0 truncate font-medium">
            <bdi>{row.name}</bdi>
          </TextLink>
          <InstallStatusDot status={row.status} problem={row.problem} />
          <span className="text-muted tabular-nums">
            {versionsText(row)}
            {row.observedAt && (
              <>
                , <Time value={row.observedAt} />
              </>
            )}
          </span>
        </div>
        <Button
          size="sm"
          aria-label={`${verb}: ${row.name}`}
          disabledReason={refusal ?? (row.operationId ? "An installation is under way." : null)}
          onClick={onInstall}
        >
          {verb}
        </Button>
      </div>
      {isFailed && row.problem && <p className="[overflow-wrap:anywhere] text-red">{row.problem}</p>}
      {row.operationId && <LaterTimeline operationId={row.operationId} />}
    </li>
  );
}

/** What it has, and what it is to have where that differs. */
function versionsText({ observed, desired }: PoolPackage): string {
  if (observed === desired) return `has ${observed}`;
  return `has ${observed ?? "nothing yet"}, is to have ${desired}`;
}
