import { join } from "node:path";
import { env } from "@/server/kernel/env";
import { singleton } from "@/server/kernel/singleton";
import type { DriverKind, TenantDriver } from "./driver";
import { createSqliteDriver } from "./sqlite/driver";

export type Drivers = Readonly<Record<DriverKind, TenantDriver>>;

/** One driver of each kind. `dataDir` holds the databases that live in files, under `databases/`. */
export function createDrivers(dataDir: string): Drivers {
  return { sqlite: createSqliteDriver({ directory: join(dataDir, "databases") }) };
}

/** The drivers of this process. */
export function drivers(): Drivers {
  return singleton("drivers", () => createDrivers(env().dataDir));
}
