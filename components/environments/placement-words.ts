import type { EnvironmentDetail } from "./use-environment";

export const bytesPerMb = 1024 * 1024;

type Placement = EnvironmentDetail["placement"];

interface DriverWords {
  name: string;
  /** What kind of place its databases are in. */
  homeKind: string;
  home: string;
  /** Where a database of it is, for someone who cannot look at the server's disk. */
  whereabouts: string;
}

export const driverWords: Record<Placement["driver"], DriverWords> = {
  sqlite: {
    name: "sqlite",
    homeKind: "Data directory",
    home: "SQLite files",
    whereabouts:
      "A file of its own among the databases in the data directory of this installation. It has the database's name, and only the server's account can read it.",
  },
};

export const isolationWords: Record<Placement["isolation"], string> = {
  dedicated: "A database of its own",
  shared: "Rows in a pool, fenced by row level security",
};
