/** What an environment may hold. */
export interface EnvironmentLimits {
  /** In MB of 1024 × 1024 bytes. */
  storageLimitMb: number;
  /** null: as many as there is storage for. */
  rowLimit: number | null;
}

/** What a new environment gets, whatever its tier. */
export const initialLimits: EnvironmentLimits = { storageLimitMb: 10 * 1024, rowLimit: null };

const bytesPerMb = 1024 * 1024;

/** The same as a pool takes them. */
export const inPool = ({ storageLimitMb, rowLimit }: EnvironmentLimits) => ({
  storageBytes: storageLimitMb * bytesPerMb,
  rows: rowLimit,
});
