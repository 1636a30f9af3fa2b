import type { DriverKind } from "@/server/domain/clusters/names";
import type { Isolation } from "@/server/domain/placement/names";

/** What an environment may hold. */
export interface EnvironmentLimits {
  /** In MB of 1024 × 1024 bytes. */
  storageLimitMb: number;
  /** null: as many as there is storage for. */
  rowLimit: number | null;
}

/** What a new environment gets, whatever its tier. */
export const initialLimits: EnvironmentLimits = { storageLimitMb: 10 * 1024, rowLimit: null };

/** 10 TB, which is less than the largest file that SQLite can be told to keep to. */
export const mostStorageMb = 10 * 1024 * 1024;
export const mostRows = 1_000_000_000_000;

const bytesPerMb = 1024 * 1024;

/** The same as a pool takes them. */
export const inPool = ({ storageLimitMb, rowLimit }: EnvironmentLimits) => ({
  storageBytes: storageLimitMb * bytesPerMb,
  rows: rowLimit,
});

/** Why nothing would hold an environment to this limit, as a sentence; null when something does. */
export function limitRefusal(
  limit: keyof EnvironmentLimits,
  { isolation, driver }: { isolation: Isolation; driver: DriverKind },
): string | null {
  if (isolation === "shared") return null;
  if (limit === "rowLimit")
    return "Rows are limited in a pool alone. This environment has a database of its own: limit its storage.";
  if (driver === "sqlite") return null;
  return "Its server alone limits the storage of this database: limit it there.";
}
