"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList } from "@/components/ui/description-list";
import { formatExact } from "@/components/ui/format";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonText } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { useLast } from "@/components/ui/use-last";
import { actorKind, doorName, type AuditRow } from "./audit-words";
import { Violation } from "./violation";

interface AuditEntryProps {
  organization: string;
  /** The id of the entry; closed while null. */
  entry: string | null;
  /** The same entry as the list has it, shown until the whole of it is there. */
  known: AuditRow | undefined;
  onClose: () => void;
  onOnly: (filter: { actor: string } | { action: string }) => void;
}

/** Everything that one entry of the trail says, in a sheet beside the list. */
export function AuditEntry({ organization, entry, known, onClose, onOnly }: AuditEntryProps) {
  const trpc = useTRPC();
  const shown = useLast(entry);
  const query = useQuery(
    trpc.audit.get.queryOptions(
      { organization, entry: shown ?? "" },
      { enabled: shown !== null, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const row = query.data ?? (known?.id === shown ? known : undefined);
  const title = row ? `Entry ${row.seq.toLocaleString("en-GB")}` : "Entry";
  return (
    <Sheet open={entry !== null} onOpenChange={(open) => !open && onClose()} title={title} side="right">
      {row && <Entry row={row} previousHash={query.data?.previousHash ?? null} onOnly={onOnly} />}
      {!row && query.isError && <LoadError what="entry’s details" query={query} />}
      {!row && !query.isError && (
        <div className="p-4">
          <SkeletonText lines={8} />
        </div>
      )}
    </Sheet>
  );
}

type EntryProps = Pick<AuditEntryProps, "onOnly"> & { row: AuditRow; previousHash: string | null };

function Entry({ row, previousHash, onOnly }: EntryProps) {
  const { actor, subject } = row;
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex flex-col gap-1">
        <p className="font-mono text-base font-medium [overflow-wrap:anywhere]">{row.action}</p>
        <p className="text-table text-muted">
          <Time value={row.at} /> by <bdi className="text-ink">{actor.label}</bdi>
        </p>
      </div>
      {row.action === "tenant.violation" && <Violation detail={row.detail} />}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => onOnly({ action: row.action })}>
          Only this action
        </Button>
        <Button
          size="sm"
          disabledReason={actor.id === null ? "What the system does itself has no id to filter by." : null}
          onClick={() => actor.id !== null && onOnly({ actor: actor.id })}
        >
          Only this actor
        </Button>
      </div>
      <DescriptionList
        items={[
          { term: "When", value: <Time value={row.at} exact />, hint: formatExact(row.at, "UTC") },
          {
            term: "Actor",
            value: <bdi>{actor.label}</bdi>,
            hint: <Identity kind={actorKind(actor.kind)} id={actor.id} what="actor" />,
          },
          {
            term: "Subject",
            value: <bdi>{subject.label}</bdi>,
            hint: <Identity kind={subject.kind} id={subject.id} what="subject" />,
          },
          ...(row.environmentId
            ? [
                {
                  term: "Environment",
                  value: <Copyable always text={row.environmentId} label="Copy environment id" />,
                },
              ]
            : []),
          { term: "Came in by", value: doorName(row.door) },
          { term: "Address", value: row.ip ?? "not recorded" },
          { term: "Request", value: <Copyable always text={row.requestId} label="Copy request id" /> },
          { term: "Hash", value: <Copyable always text={row.hash} label="Copy hash" /> },
          {
            term: "Continues",
            value: previousHash ? <Copyable always text={previousHash} label="Copy previous hash" /> : "–",
            hint:
              row.seq === 1
                ? "The first entry continues nothing: all zeros."
                : `The hash of entry ${(row.seq - 1).toLocaleString("en-GB")}.`,
          },
        ]}
      />
      {Object.keys(row.detail).length > 0 ? (
        <CodeBlock title="Detail" code={JSON.stringify(row.detail, null, 2)} />
      ) : (
        <p className="text-table text-faint">The action says it all: no detail was recorded.</p>
      )}
    </div>
  );
}

function Identity({ kind, id, what }: { kind: string; id: string | null; what: string }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="shrink-0">{kind}</span>
      {id && <Copyable text={id} label={`Copy ${what} id`} always />}
    </span>
  );
}
