"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { FleetCounts } from "./fleet-counts";
import { FullestClusters } from "./fullest-clusters";
import { FleetMap } from "./fleet-map";
import { FleetOverviewSkeleton } from "./fleet-overview-skeleton";

type Failure = ApiOutputs["fleet"]["overview"]["failures"][number];

/** The whole installation on one page. */
export function FleetOverview() {
  const trpc = useTRPC();
  const query = useQuery(trpc.fleet.overview.queryOptions({}, { refetchInterval: 10_000 }));
  const overview = query.data;
  if (!overview) {
    if (!query.isError) return <FleetOverviewSkeleton />;
    return (
      <Page title="Fleet">
        <LoadError what="numbers of the fleet" query={query} />
      </Page>
    );
  }
  return (
    <Page title="Fleet">
      <FleetCounts overview={overview} />
      <FleetMap />
      <FullestClusters clusters={overview.clusters} />
      <Failures failures={overview.failures} total={overview.operations.failed} />
    </Page>
  );
}

function Failures({ failures, total }: { failures: readonly Failure[]; total: number }) {
  if (failures.length === 0) {
    return (
      <Panel title="Failed in the last 24 hours">
        <p className="text-table text-muted">Nothing. What fails is listed here with its reason.</p>
      </Panel>
    );
  }
  const more = total > failures.length && (
    <LinkButton size="sm" href={paths.fleetOperations({ status: "failed" })}>
      Show all {total.toLocaleString("en-GB")}
    </LinkButton>
  );
  return (
    <Panel title="Failed in the last 24 hours" action={more} flush>
      <ul className="divide-y divide-line">
        {failures.map((failure) => (
          <li key={failure.id} className="relative px-4 py-2.5 text-table hover:bg-sunken">
            <div className="flex items-baseline justify-between gap-4">
              <Link
                href={paths.operation(failure.id)}
                className="min-w-0 truncate font-medium after:absolute after:inset-0"
              >
                {failure.title} <bdi className="font-normal text-muted">{failure.subject}</bdi>
              </Link>
              <Time value={failure.finishedAt ?? failure.createdAt} className="shrink-0 text-xs text-faint" />
            </div>
            <p className="truncate text-red" title={failure.error ?? undefined}>
              {failure.error ?? "It says no reason."}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
