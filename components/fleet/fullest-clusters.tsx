import type { ApiOutputs } from "@/components/api/outputs";
import { ClusterStateDot } from "@/components/clusters/cluster-state";
import { driverLabels } from "@/components/clusters/cluster-words";
import { paths } from "@/components/paths";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";

type Clusters = ApiOutputs["fleet"]["overview"]["clusters"];

/** How full the clusters are: those that need a look first, then the fullest. */
export function FullestClusters({ clusters }: { clusters: Clusters }) {
  const { fullest, total } = clusters;
  const more = total > fullest.length && (
    <LinkButton size="sm" href={paths.fleetClusters()}>
      Show all {total.toLocaleString("en-GB")}
    </LinkButton>
  );
  return (
    <Panel title="Clusters" action={more} flush>
      <ul className="divide-y divide-line">
        {fullest.map((cluster) => (
          <li
            key={cluster.id}
            className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2 text-table hover:bg-sunken md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_7rem_13.5rem]"
          >
            <Link
              href={paths.fleetCluster(cluster.id)}
              className="min-w-0 truncate font-medium after:absolute after:inset-0"
            >
              <bdi>{cluster.name}</bdi>
            </Link>
            <span className="min-w-0 truncate text-muted max-md:order-2">
              {driverLabels[cluster.driver]} in {cluster.region}
            </span>
            <ClusterStateDot state={cluster.state} />
            <span className="max-md:order-3">
              <Meter
                compact
                label={`Databases on ${cluster.name}`}
                value={cluster.databaseCount}
                max={cluster.capacity}
              />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
