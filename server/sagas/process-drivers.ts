import type { Db } from "@/server/db/client";
import { builtInClusters } from "@/server/domain/clusters/names";
import { createDrivers, type Drivers } from "@/server/drivers/registry";
import { env } from "@/server/kernel/env";
import { singleton } from "@/server/kernel/singleton";
import { findClusterAccess } from "./cluster-access";
import { findPoolAccess } from "./pool-access";

/** The drivers of this process. Only the worker and the data plane have any: they open the clusters' secrets. */
export function processDrivers(db: Db): Drivers {
  return singleton("drivers", () => {
    const { dataDir, dataUrl } = env();
    return createDrivers({
      dataDir,
      dataUrl,
      filesClusterId: builtInClusters.files,
      findCluster: (clusterId) => findClusterAccess(db, clusterId),
      findPool: (poolId) => findPoolAccess(db, poolId),
    });
  });
}
