import { Bot, KeyRound } from "lucide-react";
import { actorKind, doorName, type AuditRow } from "@/components/audit/audit-words";
import { ViolationLink } from "@/components/audit/violation";
import { Avatar } from "@/components/ui/avatar";
import { Copyable } from "@/components/ui/copyable";
import { Time } from "@/components/ui/time";
import { activityDetails, activityPhrase } from "./activity-words";

/** One thing that was done: who did what when, through which door, and what it changed. */
export function ActivityEntry({ row }: { row: AuditRow }) {
  const details = activityDetails(row);
  return (
    <li className="flex min-w-0 gap-3 border-b border-line py-3 last:border-b-0">
      <ActorMark row={row} />
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-4">
          <p className="min-w-0 text-base [overflow-wrap:anywhere]">
            <bdi className="font-medium">{row.actor.label}</bdi>{" "}
            <span className="text-muted">{activityPhrase(row)}</span>
          </p>
          <span className="shrink-0 text-xs text-faint">
            <Time value={row.at} />
          </span>
        </div>
        {details.length > 0 && (
          <dl className="mt-0.5 flex min-w-0 flex-wrap gap-x-5 text-table">
            {details.map(({ term, from, to }) => (
              <div key={term} className="flex min-w-0 gap-2">
                <dt className="shrink-0 text-faint">{term}</dt>
                <dd className="min-w-0 [overflow-wrap:anywhere]">
                  {from !== null && (
                    <>
                      <bdi className="text-muted">{from}</bdi> <span aria-label="became">→</span>{" "}
                    </>
                  )}
                  {isMoment(to) ? <Time value={to} exact /> : <bdi>{to}</bdi>}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {row.action === "tenant.violation" && <ViolationLink detail={row.detail} />}
        <p className="mt-0.5 flex min-w-0 flex-wrap items-center gap-x-3 text-xs text-faint">
          <span className="font-mono">{row.action}</span>
          <span>{row.door === "worker" ? "by the worker" : `through the ${doorName(row.door)}`}</span>
          {row.ip && <span className="font-mono">{row.ip}</span>}
          <Copyable text={row.requestId} label="Copy request id">
            request {row.requestId.slice(-8)}
          </Copyable>
        </p>
      </div>
    </li>
  );
}

const isMoment = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text);

function ActorMark({ row }: { row: AuditRow }) {
  if (row.actor.kind === "user") return <Avatar name={row.actor.label} className="mt-px" />;
  const Icon = row.actor.kind === "api_key" ? KeyRound : Bot;
  return (
    <span
      title={actorKind(row.actor.kind)}
      className="mt-px inline-flex size-6 shrink-0 items-center justify-center rounded-full border border-line text-faint"
    >
      <Icon aria-hidden="true" className="size-3.5" />
    </span>
  );
}
