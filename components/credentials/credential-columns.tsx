import { driverWords } from "@/components/environments/placement-words";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table-columns";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { audienceWords, credentialLook, type Credential } from "./credential-words";

const soon = 7 * 24 * 3600 * 1000;

/** As they are of databases of this driver, now. */
export function credentialColumns(now: number, driver: keyof typeof driverWords): Column<Credential>[] {
  const { unused } = driverWords[driver];
  return [
    {
      id: "name",
      header: "Name",
      title: (row) => row.name,
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <bdi className="truncate font-medium">{row.name}</bdi>
          {row.generation > 1 && (
            <span className="shrink-0 text-xs text-faint tabular-nums">gen. {row.generation}</span>
          )}
          {row.rotateEveryDays !== null && row.status !== "revoked" && (
            <Badge className="shrink-0" title="Rotates by itself">
              every {row.rotateEveryDays} d
            </Badge>
          )}
        </span>
      ),
    },
    {
      id: "scope",
      header: "Scope",
      width: "6rem",
      stacked: "plain",
      cell: (row) => <span className="font-mono text-xs">{row.scope}</span>,
    },
    {
      id: "audience",
      header: "For",
      width: "5.5rem",
      secondary: true,
      stacked: "named",
      cell: (row) => (
        <span title={audienceWords[row.audience].meaning}>{audienceWords[row.audience].label}</span>
      ),
    },
    {
      id: "status",
      header: "Status",
      width: "11rem",
      stacked: "beside",
      cell: (row) => <Status row={row} now={now} />,
    },
    {
      id: "issued",
      header: "Issued",
      width: "11rem",
      secondary: true,
      title: (row) => `Generation ${row.generation}, by ${row.createdBy}`,
      cell: (row) => (
        <>
          <Time value={row.issuedAt} /> <bdi className="text-faint">{row.createdBy}</bdi>
        </>
      ),
    },
    { id: "expires", header: "Ends", width: "7rem", cell: (row) => <Expiry row={row} now={now} /> },
    {
      id: "used",
      header: "Last used",
      width: "7rem",
      title: (row) => (row.lastUsedAt ? "" : unused.sentence),
      cell: (row) =>
        row.lastUsedAt ? <Time value={row.lastUsedAt} /> : <span className="text-faint">{unused.short}</span>,
    },
  ];
}

function Status({ row, now }: { row: Credential; now: number }) {
  const { tone, word, pulse = false } = credentialLook(row, now);
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <StatusDot tone={tone} pulse={pulse} title={row.revokeReason || undefined} className="shrink-0">
        {word}
      </StatusDot>
      {row.status === "rotating" && row.revokeAfter && (
        <span className="min-w-0 truncate text-xs text-faint">
          ends <Time value={row.revokeAfter} />
        </span>
      )}
    </span>
  );
}

function Expiry({ row, now }: { row: Credential; now: number }) {
  if (row.status === "revoked") return <span className="text-faint">–</span>;
  if (!row.expiresAt) return <span className="text-faint">when revoked</span>;
  const isNear = row.expiresAt.getTime() - now < soon;
  return (
    <span className={isNear ? "text-amber" : undefined}>
      <Time value={row.expiresAt} />
    </span>
  );
}
