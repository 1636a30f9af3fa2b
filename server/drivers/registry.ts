import { join } from "node:path";
import { DomainError } from "@/server/kernel/errors";
import type { Secret } from "@/server/kernel/secret";
import type { DriverKind, TenantDriver } from "./driver";
import { keepDrivers } from "./keep-drivers";
import { createPoolDriver, type PoolDriver } from "./pool/driver";
import type { PoolSecrets } from "@/server/kernel/pool-secrets";
import { createPostgresDriver } from "./postgres/driver";
import { createSqliteDriver } from "./sqlite/driver";
import { createTursoDriver } from "./turso/driver";

/** A cluster as its driver needs it, with the secret that opens it. */
export interface ClusterAccess {
  id: string;
  driver: DriverKind;
  /** Its shape is the driver's. */
  address: Readonly<Record<string, string>>;
  secret: Secret | null;
  /** Changes whenever any of this does. */
  version: string;
}

/** A pool with the secrets that open it, and the cluster that it is on. */
export interface PoolAccess {
  databaseName: string;
  secrets: PoolSecrets;
  cluster: ClusterAccess;
  /** Changes whenever any of this does. */
  version: string;
}

/** Where a tenant's data lives: on a cluster, and there in a pool or not. */
export interface Place {
  clusterId: string;
  poolId?: string | null;
}

/** The drivers of clusters and pools, each made at its first use. */
export interface Drivers {
  /** Throws `not_found` for a place that is not there, `precondition` for one that cannot be opened. */
  of(place: Place): Promise<TenantDriver>;
  /** The same for a pool as such. */
  pool(poolId: string): Promise<PoolDriver>;
  /** Closes every driver. None can be used afterwards. */
  close(): Promise<void>;
}

export interface DriversOptions {
  /** Holds the databases that live in files, under `databases/`. */
  dataDir: string;
  /** Where clients find the data server. */
  dataUrl: string;
  /** The cluster of the files, which needs no look-up. */
  filesClusterId: string;
  findCluster(clusterId: string): Promise<ClusterAccess>;
  findPool(poolId: string): Promise<PoolAccess>;
}

export function createDrivers(options: DriversOptions): Drivers {
  const { filesClusterId, dataDir, dataUrl } = options;
  const directory = join(dataDir, "databases");
  const files = createSqliteDriver({ directory, dataUrl, blanks: blankFiles });
  const clusters = keepDrivers(options.findCluster, driverOfCluster);
  const pools = keepDrivers(options.findPool, driverOfPool);
  return {
    async of({ clusterId, poolId }) {
      if (poolId) return pools.of(poolId);
      return clusterId === filesClusterId ? files : clusters.of(clusterId);
    },
    pool: (poolId) => pools.of(poolId),
    async close() {
      await Promise.all([files.close(), clusters.close(), pools.close()]);
    },
  };
}

/** Made in advance for databases in files: writing over one takes half the time of writing a fresh one. */
const blankFiles = 16;

/** Made in advance on each Postgres server: claiming one takes a quarter of the time of making one. */
const warmDatabases = 2;

function driverOfCluster({ driver, address, secret }: ClusterAccess): TenantDriver {
  if (driver === "postgres" && secret)
    return createPostgresDriver({
      adminUrl: secret,
      publicUrl: address["publicUrl"] ?? "",
      allowPrivate: address["privateNetwork"] === "allowed",
      warm: warmDatabases,
    });
  if (driver === "turso" && secret)
    return createTursoDriver({
      organization: address["organization"] ?? "",
      group: address["group"] ?? "",
      apiToken: secret,
      ...(address["apiUrl"] === undefined ? {} : { apiUrl: address["apiUrl"] }),
    });
  throw new DomainError("precondition", `This version has no driver for ${driver}.`);
}

function driverOfPool({ databaseName, secrets, cluster }: PoolAccess): PoolDriver {
  if (cluster.driver !== "postgres" || !cluster.secret)
    throw new DomainError("precondition", "A pool lives on a Postgres server.");
  const publicUrl = cluster.address["publicUrl"] ?? "";
  return createPoolDriver({ adminUrl: cluster.secret, publicUrl, databaseName, secrets });
}
