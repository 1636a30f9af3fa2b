import type { ApiOutputs } from "@/components/api/outputs";
import { paths } from "@/components/paths";
import { Facts } from "@/components/ui/facts";
import { Panel } from "@/components/ui/panel";
import { StatusDot } from "@/components/ui/status-dot";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { severities } from "@/server/domain/isolation/names";
import { runWords, severityWords, verdictWords } from "./isolation-words";

type PoolIsolation = ApiOutputs["isolation"]["overview"]["items"][number];
type Run = NonNullable<PoolIsolation["lint"]>;

/** Each pool with its verdict, its newest runs and how much is open. */
export function PoolVerdicts({ pools, total }: { pools: PoolIsolation[]; total: number }) {
  return (
    <Panel
      title="Pools"
      {...(total > pools.length ? { description: `The first ${pools.length} of ${total}.` } : {})}
      flush
    >
      <ul className="divide-y divide-line">
        {pools.map((row) => (
          <PoolRow key={row.pool.id} row={row} />
        ))}
      </ul>
    </Panel>
  );
}

function PoolRow({ row }: { row: PoolIsolation }) {
  const { label, tone } = verdictWords[row.verdict];
  return (
    <li className="flex min-w-0 flex-col gap-3 px-4 py-3">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 truncate text-base font-medium">
          <TextLink href={paths.fleetPool(row.pool.id)}>
            <bdi>{row.pool.name}</bdi>
          </TextLink>
        </h3>
        <code className="text-xs text-faint">{row.pool.slug}</code>
        <StatusDot tone={tone}>{label}</StatusDot>
      </div>
      <Facts
        items={[
          { term: "Last lint", value: <LastRun run={row.lint} /> },
          { term: "Last proof", value: <LastRun run={row.proof} /> },
          { term: "Open findings", value: <OpenCounts open={row.open} /> },
        ]}
      />
      {row.proof && row.proof.kinds.length > 0 && <Attempts proof={row.proof} />}
    </li>
  );
}

function LastRun({ run }: { run: Run | null }) {
  if (!run) return "never";
  const { label } = verdictWords[run.verdict];
  return (
    <span className="flex min-w-0 flex-col">
      <span>
        {label}, {run.checks.toLocaleString("en-GB")} {runWords[run.kind].checks},{" "}
        <Time value={run.finishedAt} />
      </span>
      {run.problem !== "" && <span className="[overflow-wrap:anywhere] text-muted">{run.problem}</span>}
    </span>
  );
}

function OpenCounts({ open }: { open: PoolIsolation["open"] }) {
  const some = severities.filter((severity) => open[severity] > 0);
  if (some.length === 0) return "none";
  return (
    <span className="flex flex-wrap gap-x-3">
      {some.map((severity) => (
        <StatusDot key={severity} tone={severityWords[severity].tone}>
          {open[severity].toLocaleString("en-GB")} {severityWords[severity].label.toLowerCase()}
        </StatusDot>
      ))}
    </span>
  );
}

function Attempts({ proof }: { proof: Run }) {
  return (
    <details className="text-table">
      <summary className="w-fit cursor-pointer text-muted">Attempts by kind</summary>
      <ul className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-6 gap-y-1 tabular-nums">
        {proof.kinds.map(({ kind, attempts, breaches }) => (
          <li key={kind} className="flex justify-between gap-3">
            <span className="truncate">{kind.replaceAll("-", " ")}</span>
            {breaches > 0 ? (
              <StatusDot tone="red">
                {breaches} of {attempts} went through
              </StatusDot>
            ) : (
              <span className="text-muted">{attempts}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
