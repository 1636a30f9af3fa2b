import { join } from "node:path";
import { DomainError } from "@/server/kernel/errors";
import type { Secret } from "@/server/kernel/secret";
import type { DriverKind, TenantDriver } from "./driver";
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

/** The drivers of the clusters, each made at its first use. */
export interface Drivers {
  /** Throws `not_found` for a cluster that is not there, `precondition` for one that cannot be opened. */
  of(clusterId: string): Promise<TenantDriver>;
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
  find(clusterId: string): Promise<ClusterAccess>;
}

/** How long a cluster's address and secret are taken for granted. */
const freshMs = 5000;

interface Kept {
  version: string;
  checkedAt: number;
  driver: TenantDriver;
}

export function createDrivers(options: DriversOptions): Drivers {
  const { filesClusterId, dataDir, dataUrl } = options;
  const directory = join(dataDir, "databases");
  const files = createSqliteDriver({ directory, dataUrl, blanks: blankFiles });
  const kept = new Map<string, Promise<Kept>>();

  async function renew(clusterId: string, known: Kept | null): Promise<Kept> {
    const access = await options.find(clusterId);
    if (known?.version === access.version) return { ...known, checkedAt: Date.now() };
    // What the old one is doing ends in peace; a new call gets the new one.
    if (known) void known.driver.close();
    return { version: access.version, checkedAt: Date.now(), driver: createDriver(access) };
  }

  async function of(clusterId: string): Promise<TenantDriver> {
    if (clusterId === filesClusterId) return files;
    const keeping = kept.get(clusterId);
    const known = (await keeping?.catch(() => null)) ?? null;
    if (known && Date.now() - known.checkedAt < freshMs) return known.driver;
    if (keeping && kept.get(clusterId) !== keeping) return of(clusterId);
    const renewing = renew(clusterId, known);
    kept.set(clusterId, renewing);
    return (await renewing).driver;
  }

  return {
    of,
    async close() {
      const opened = await Promise.allSettled(kept.values());
      const drivers = opened.flatMap((one) => (one.status === "fulfilled" ? [one.value.driver] : []));
      await Promise.all([files, ...drivers].map((driver) => driver.close()));
    },
  };
}

/** Made in advance for databases in files: writing over one takes half the time of writing a fresh one. */
const blankFiles = 8;

/** Made in advance on each Postgres server: claiming one takes a quarter of the time of making one. */
const warmDatabases = 2;

function createDriver({ driver, address, secret }: ClusterAccess): TenantDriver {
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
