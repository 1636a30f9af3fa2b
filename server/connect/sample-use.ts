import { and, eq, inArray, ne } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";
import type { ObservedUse } from "@/server/drivers/driver";
import type { Drivers } from "@/server/drivers/registry";
import { logger } from "@/server/kernel/logger";
import { recordUse, type Use } from "./record-use";

const sampleMs = 30_000;

/** Samples twice a minute until it is stopped. */
export function keepSampling(db: Db, drivers: Drivers): { stop(): void } {
  const timer = setInterval(() => void sampleUse(db, drivers), sampleMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/**
 * Asks the database servers who is at work in which database, and writes it down. The data
 * server tells of files by itself. Any number of processes may do so: what is fresh is left alone.
 */
export async function sampleUse(db: Db, drivers: Drivers): Promise<void> {
  for (const id of await activeClusters(db)) {
    try {
      const driver = await drivers.of({ clusterId: id });
      const observed = (await driver.observeUse?.()) ?? [];
      if (observed.length > 0) await recordUse(db, await ofTenants(db, id, observed));
    } catch (error) {
      logger.warn({ err: error, cluster: id }, "use of a cluster could not be sampled");
    }
  }
}

async function activeClusters(db: Db): Promise<string[]> {
  const rows = await db
    .select({ id: cluster.id })
    .from(cluster)
    .where(and(ne(cluster.driver, "sqlite"), eq(cluster.state, "active")));
  return rows.map(({ id }) => id);
}

async function ofTenants(db: Db, clusterId: string, observed: ObservedUse[]): Promise<Use[]> {
  const { environmentId, databaseName } = environmentDatabase;
  const names = observed.map((one) => one.databaseName);
  const rows = await db
    .select({ tenant: environmentId, databaseName })
    .from(environmentDatabase)
    .where(and(eq(environmentDatabase.clusterId, clusterId), inArray(databaseName, names)));
  const tenantOf = new Map(rows.map((row) => [row.databaseName, row.tenant]));
  return observed.flatMap(({ databaseName: name, credentialIds, at, sizeBytes }) => {
    const tenant = tenantOf.get(name);
    if (tenant === undefined) return [];
    return credentialIds.map((credentialId) => ({ tenant, credentialId, at, sizeBytes }));
  });
}
