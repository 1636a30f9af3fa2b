import { ShieldCheck } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { ApiOutputs } from "@/components/api/outputs";
import { DaysLeft } from "@/components/environments/days-left";
import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { driverWords, rowsOfLimit } from "@/components/environments/placement-words";
import { operationLook, participleOf } from "@/components/operations/operation-words";
import { paths } from "@/components/paths";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { Badge } from "@/components/ui/badge";
import { formatBytes } from "@/components/ui/format";
import { Time } from "@/components/ui/time";

type Row = ApiOutputs["environments"]["list"]["items"][number];

const mb = 1024 * 1024;

/** One environment at a glance; the whole card leads there. */
export function EnvironmentCard({
  organization,
  environment: row,
}: {
  organization: string;
  environment: Row;
}) {
  return (
    <li className="relative flex min-w-0 flex-col rounded-md border border-line bg-panel transition-colors hover:border-line-strong has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <div className="flex min-w-0 flex-col gap-2 px-4 pt-3 pb-3">
        <div className="flex min-w-0 items-center gap-2">
          <Link
            href={paths.environment(organization, row.slug)}
            className="min-w-0 truncate text-base font-medium outline-none after:absolute after:inset-0"
          >
            <bdi title={row.name}>{row.name}</bdi>
          </Link>
          <EnvironmentPill type={row.envType} />
          <span className="ml-auto flex shrink-0 items-center gap-1.5">
            {row.isProtected && (
              <Badge icon={<ShieldCheck />} title="Protected: it cannot be archived or deleted">
                protected
              </Badge>
            )}
            {row.isDefault && <Badge>default</Badge>}
          </span>
        </div>
        <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-3 text-table">
          <span className="flex min-w-0 shrink-0 items-center gap-1.5">
            <EnvironmentStatusDot status={row.status} />
            {row.purgeAt && (
              <span className="truncate text-xs text-faint">
                <DaysLeft purgeAt={row.purgeAt} />
              </span>
            )}
          </span>
          <span className="truncate text-faint">
            {driverWords[row.driver].label} · {row.region}
          </span>
        </div>
      </div>
      <div className="mt-auto flex min-w-0 flex-wrap items-baseline justify-between gap-x-3 border-t border-line px-4 py-2 text-xs text-faint">
        <LastOperation last={row.lastOperation} />
        <span className="shrink-0 tabular-nums">
          {formatBytes(row.storageUsedBytes)} of {formatBytes(row.storageLimitMb * mb)}
          {row.rowLimit !== null && `, ${rowsOfLimit(row.rowCount, row.rowLimit)}`}
        </span>
      </div>
    </li>
  );
}

function LastOperation({ last }: { last: Row["lastOperation"] }) {
  if (!last) return <span>No operation yet</span>;
  const { tone, word } = operationLook(last.status);
  const done = last.status === "succeeded" ? participleOf(last.saga) : null;
  return (
    <span className="flex max-w-full min-w-0 gap-1">
      <span className="truncate">
        {done ?? (
          <>
            {last.title}:{" "}
            <span className={tone === "red" ? "text-red" : undefined}>{word.toLowerCase()}</span>
          </>
        )}
      </span>
      {last.finishedAt && <Time value={last.finishedAt} className="shrink-0 whitespace-nowrap" />}
    </span>
  );
}
