"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { Page } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { IsolationFindings } from "./isolation-findings";
import { IsolationTabs } from "./isolation-tabs";
import { poolsInput } from "./list-params";
import { PoolVerdicts } from "./pool-verdicts";

const command = "DATABASE_URL=postgresql://… freehold isolation check";

/** Whether each pool keeps its tenants apart, and what was found that does not. */
export function IsolationPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.isolation.overview.queryOptions(poolsInput));
  const pools = query.data;
  return (
    <Page
      title="Isolation"
      description="A lint reads the catalogs of a pool for whatever lets one tenant reach another. A proof attacks the pool as one of its tenants. A pool holds when the newest of both found nothing worse than low."
      tabs={<IsolationTabs />}
    >
      {query.isError && !pools && <LoadError what="pools" query={query} />}
      {pools && pools.items.length === 0 && (
        <Panel>
          <EmptyState command={command}>
            No pool yet. Each pool will stand here with its verdict, its newest lint and proof, and what they
            found. The lint also runs on a Postgres of your own:
          </EmptyState>
        </Panel>
      )}
      {pools && pools.items.length > 0 && (
        <>
          <PoolVerdicts pools={pools.items} total={pools.total} />
          <IsolationFindings pools={pools.items.map(({ pool }) => pool)} />
        </>
      )}
    </Page>
  );
}
