import type { ReactNode } from "react";
import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { formatBytes } from "@/components/ui/format";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { environmentStatuses } from "@/server/domain/environments/names";
import type { PoolDetail } from "./use-pool";

/** How many tenants it holds of how many it takes, how they do, and what they hold together. */
export function PoolLoad({ pool }: { pool: PoolDetail }) {
  const present = environmentStatuses.filter((status) => pool.byStatus[status]);
  return (
    <Panel title="Load">
      <div className="flex flex-col gap-4">
        <Meter
          label="Tenants"
          value={pool.tenantCount}
          max={pool.capacity}
          hint={
            pool.capacity === null
              ? "It takes as many as land in it. Edit the pool to set a limit."
              : "At the limit, placement passes it by."
          }
        />
        {present.length > 0 ? (
          <dl className="divide-y divide-line border-t border-line text-table">
            {present.map((status) => (
              <Line key={status} term={<EnvironmentStatusDot status={status} />}>
                {(pool.byStatus[status] ?? 0).toLocaleString("en-GB")}
              </Line>
            ))}
            <Line term="Rows of all tenants">{formatBytes(pool.storageUsedBytes)}</Line>
          </dl>
        ) : (
          <p className="text-table text-muted">No environment lives in it yet.</p>
        )}
      </div>
    </Panel>
  );
}

function Line({ term, children }: { term: ReactNode; children: string }) {
  return (
    <div className="flex h-8 items-center justify-between">
      <dt>{term}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
