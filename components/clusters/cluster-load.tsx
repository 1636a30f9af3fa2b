import { EnvironmentStatusDot } from "@/components/environments/environment-status";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { environmentStatuses } from "@/server/domain/environments/names";
import type { ClusterDetail } from "./use-cluster";

/** How many databases it holds of how many it takes, and how their environments do. */
export function ClusterLoad({ cluster }: { cluster: ClusterDetail }) {
  const present = environmentStatuses.filter((status) => cluster.byStatus[status]);
  return (
    <Panel title="Load">
      <div className="flex flex-col gap-4">
        <Meter
          label="Databases"
          value={cluster.databaseCount}
          max={cluster.capacity}
          hint={hintFor(cluster)}
        />
        {present.length > 0 ? (
          <dl className="divide-y divide-line border-t border-line text-table">
            {present.map((status) => (
              <div key={status} className="flex h-8 items-center justify-between">
                <dt>
                  <EnvironmentStatusDot status={status} />
                </dt>
                <dd className="tabular-nums">{(cluster.byStatus[status] ?? 0).toLocaleString("en-GB")}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <p className="text-table text-muted">No environment lives here yet.</p>
        )}
      </div>
    </Panel>
  );
}

function hintFor({ capacity, driver }: ClusterDetail): string {
  const limit =
    capacity === null
      ? "It takes as many as land on it. Edit the cluster to set a limit."
      : "At the limit, placement passes it by.";
  return driver === "postgres" ? `${limit} A pool is one database, however many tenants it has.` : limit;
}
