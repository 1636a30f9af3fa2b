import { Link } from "@/components/ui/link";
import type { ApiError } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { statusTone, statusWord } from "@/components/environments/environment-status";
import { LoadError } from "@/components/api/load-error";
import { paths } from "@/components/paths";
import { cn } from "@/components/ui/cn";
import { formatBytes } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusDot } from "@/components/ui/status-dot";
import { TextLink } from "@/components/ui/text-link";
import { toneDot } from "@/components/ui/tone";
import { environmentStatuses } from "@/server/domain/environments/names";

type Facts = ApiOutputs["organizations"]["get"];

interface AtAGlanceProps {
  organization: string;
  query: { data: Facts | undefined; error: ApiError | null; refetch: () => Promise<unknown> };
}

/** Environments by status, storage and members, in numbers that lead to the lists behind them. */
export function AtAGlance({ organization, query }: AtAGlanceProps) {
  const { data: facts, error } = query;
  return (
    <Panel title="At a glance">
      {facts && <Numbers organization={organization} facts={facts} />}
      {!facts && error && <LoadError what="numbers" query={query} />}
      {!facts && !error && <Skeleton className="h-24 w-full" />}
    </Panel>
  );
}

function Numbers({ organization, facts }: { organization: string; facts: Facts }) {
  const counts = environmentStatuses.flatMap((status) => {
    const count = facts.environments[status] ?? 0;
    return count > 0 ? [{ status, count }] : [];
  });
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="flex flex-col gap-3 text-table">
      {total > 0 && (
        <div aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full">
          {counts.map(({ status, count }) => (
            <span
              key={status}
              className={cn("min-w-1", toneDot[statusTone(status)])}
              style={{ flexGrow: count }}
            />
          ))}
        </div>
      )}
      <ul className="flex flex-col gap-1">
        {counts.map(({ status, count }) => (
          <li key={status}>
            <Link
              href={paths.environmentsIn(organization, status)}
              className="-mx-1.5 flex items-center justify-between gap-3 rounded-sm px-1.5 py-0.5 hover:bg-hover"
            >
              <StatusDot tone={statusTone(status)}>{statusWord(status)}</StatusDot>
              <span className="tabular-nums">{count.toLocaleString("en-GB")}</span>
            </Link>
          </li>
        ))}
        {total === 0 && <li className="text-faint">No environment that you can see.</li>}
      </ul>
      <dl className="flex flex-col gap-1.5 border-t border-line pt-3">
        <div className="flex justify-between gap-3">
          <dt className="text-muted">Storage in use</dt>
          <dd className="tabular-nums">{formatBytes(facts.storageUsedBytes)}</dd>
        </div>
        <div className="flex justify-between gap-3">
          <dt className="text-muted">Members</dt>
          <dd className="tabular-nums">
            <TextLink href={paths.members(organization)}>{facts.members.toLocaleString("en-GB")}</TextLink>
          </dd>
        </div>
      </dl>
    </div>
  );
}
