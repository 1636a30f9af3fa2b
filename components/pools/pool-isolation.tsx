"use client";

import { useQuery } from "@tanstack/react-query";
import { explain } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { runWords, severityWords, verdictWords } from "@/components/isolation/isolation-words";
import { paths } from "@/components/paths";
import { DescriptionList } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { StatusDot } from "@/components/ui/status-dot";
import { TextLink } from "@/components/ui/text-link";
import { Time } from "@/components/ui/time";
import { severities } from "@/server/domain/isolation/names";
import type { PoolDetail } from "./use-pool";

type Overview = ApiOutputs["isolation"]["overview"]["items"][number];

/** Whether the pool keeps its tenants apart, by the newest lint and proof. */
export function PoolIsolation({ pool }: { pool: PoolDetail }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.isolation.overview.queryOptions({ search: pool.slug, limit: 100 }));
  const found = query.data?.items.find((item) => item.pool.id === pool.id);
  return (
    <Panel
      title="Isolation"
      description="Whether one tenant can reach the rows of another."
      action={
        <TextLink className="text-table" href={paths.fleetIsolation(pool.slug)}>
          Findings
        </TextLink>
      }
    >
      {found && <Verdict overview={found} />}
      {!found && query.isPending && <SkeletonText lines={4} />}
      {!found && query.error && <p className="text-table text-red">{explain(query.error).message}</p>}
    </Panel>
  );
}

function Verdict({ overview }: { overview: Overview }) {
  const { label, tone } = verdictWords[overview.verdict];
  const open = severities.filter((severity) => overview.open[severity] > 0);
  return (
    <DescriptionList
      items={[
        {
          term: "Verdict",
          value: <StatusDot tone={tone}>{label}</StatusDot>,
          ...(overview.verdict === "unknown"
            ? { hint: "It is known when both a lint and a proof have run here." }
            : {}),
        },
        { term: "Last lint", value: <Run run={overview.lint} /> },
        { term: "Last proof", value: <Run run={overview.proof} /> },
        {
          term: "Open findings",
          value:
            open.length === 0
              ? "none"
              : open
                  .map(
                    (severity) => `${overview.open[severity]} ${severityWords[severity].label.toLowerCase()}`,
                  )
                  .join(", "),
        },
      ]}
    />
  );
}

function Run({ run }: { run: Overview["lint"] }) {
  if (!run) return "never";
  return (
    <>
      {verdictWords[run.verdict].label}, {run.checks.toLocaleString("en-GB")} {runWords[run.kind].checks},{" "}
      <Time value={run.finishedAt} />
    </>
  );
}
