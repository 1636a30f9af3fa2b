import type { DataPlane } from "@/server/kernel/context";
import type { Drivers } from "./registry";

/** What the console may ask, answered by the process that has the drivers. */
export function createDataPlane(drivers: Drivers): DataPlane {
  return {
    async inspect({ clusterId, poolId, ...identity }) {
      return (await drivers.of({ clusterId, poolId })).inspectDatabase(identity);
    },
  };
}
