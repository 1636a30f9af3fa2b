export const driverKinds = ["sqlite", "postgres", "turso"] as const;
export type DriverKind = (typeof driverKinds)[number];

export const mostLabels = 20;

/** Why this cannot be a label, as a sentence; null when it can. The schema that refuses and the form that explains read these lines. */
export function labelRefusal(name: string, value: string): string | null {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name))
    return "A label's name has lower-case letters, digits and hyphens.";
  return value.length > 255 ? "A label has at most 255 characters." : null;
}

export const clusterStates = ["active", "draining", "offline"] as const;
export type ClusterState = (typeof clusterStates)[number];

/** What every installation comes with. */
export const builtInClusters = {
  /** The data directory, served by the data server. */
  files: "00000000-0000-4000-8000-00000000f11e",
  /** The embedded Postgres, or the one of FREEHOLD_POSTGRES_URL. */
  postgres: "00000000-0000-4000-8000-00000000d0b5",
} as const;
