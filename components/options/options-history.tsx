"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { LoadError } from "@/components/api/load-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Pager } from "@/components/ui/pager";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { optionsRefusal } from "./options-refusal";
import type { OptionsDetail, OptionsVersionRow } from "./options-words";

interface OptionsHistoryProps {
  environment: EnvironmentDetail;
  options: OptionsDetail;
  onRestore: (version: number) => void;
}

/** Who changed what, the newest first. */
export function OptionsHistory({ environment, options, onRestore }: OptionsHistoryProps) {
  const trpc = useTRPC();
  const [cursor, setCursor] = useState<string | null>(null);
  const query = useQuery(
    trpc.options.history.queryOptions(
      { environment: environment.id, name: options.name, limit: 10, ...(cursor ? { cursor } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  const page = query.data;
  const goTo = (to: string | null) => (to ? () => setCursor(to) : undefined);
  return (
    <Panel title="History" flush>
      {query.isPending && (
        <div className="p-4">
          <SkeletonText lines={4} />
        </div>
      )}
      {query.isError && !page && <LoadError what="versions" query={query} />}
      {page?.items.length === 0 && (
        <p className="p-4 text-table text-muted">No version yet: the defaults stand.</p>
      )}
      {page && page.items.length > 0 && (
        <ol aria-label="Versions" className="divide-y divide-line">
          {page.items.map((row) => (
            <Version
              key={row.version}
              row={row}
              isCurrent={row.version === options.version}
              refusal={optionsRefusal(environment)}
              onRestore={() => onRestore(row.version)}
            />
          ))}
        </ol>
      )}
      {page && (page.next ?? page.previous) && (
        <div className="px-4 pb-2">
          <Pager
            summary={`${page.items.length} of ${page.total}`}
            onPrevious={goTo(page.previous)}
            onNext={goTo(page.next)}
          />
        </div>
      )}
    </Panel>
  );
}

const kinds: Record<OptionsVersionRow["kind"], string> = {
  set: "changed it",
  restore: "put back version",
  clear: "went back to the defaults",
};

interface VersionProps {
  row: OptionsVersionRow;
  isCurrent: boolean;
  refusal: string | null;
  onRestore: () => void;
}

function Version({ row, isCurrent, refusal, onRestore }: VersionProps) {
  return (
    <li className="flex min-w-0 flex-col gap-1.5 px-4 py-3 text-table">
      <div className="flex min-w-0 items-center justify-between gap-3">
        <span className="flex items-center gap-2 font-medium tabular-nums">
          Version {row.version}
          {isCurrent && <Badge tone="green">current</Badge>}
        </span>
        <span className="text-xs text-faint">
          <Time value={row.changedAt} />
        </span>
      </div>
      <p className="min-w-0 [overflow-wrap:anywhere] text-muted">
        <bdi>{row.changedBy}</bdi> {kinds[row.kind]}
        {row.restoredFrom !== null && ` ${row.restoredFrom}`}
      </p>
      {row.reason !== "" && (
        <p className="min-w-0 [overflow-wrap:anywhere]">
          <bdi>{row.reason}</bdi>
        </p>
      )}
      {row.changes.length > 0 && (
        <ul aria-label={`What version ${row.version} changed`} className="flex min-w-0 flex-col gap-1">
          {row.changes.map((change) => (
            <Change key={change.path} change={change} />
          ))}
        </ul>
      )}
      {!isCurrent && (
        <Button
          size="sm"
          className="self-start"
          aria-label={`Restore version ${row.version}…`}
          disabledReason={refusal}
          onClick={onRestore}
        >
          Restore…
        </Button>
      )}
    </li>
  );
}

function Change({ change: { path, from, to } }: { change: OptionsVersionRow["changes"][number] }) {
  return (
    <li dir="ltr" className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">
      <span className="text-muted">{path}</span>{" "}
      {from !== null && (
        <del className="text-red">
          <bdi>{from}</bdi>
        </del>
      )}
      {from !== null && to !== null && " → "}
      {to !== null && (
        <ins className="text-green no-underline">
          <bdi>{to}</bdi>
        </ins>
      )}
      {to === null && <span className="text-faint"> default</span>}
    </li>
  );
}
