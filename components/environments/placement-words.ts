import type { EnvironmentDetail } from "./use-environment";

export const bytesPerMb = 1024 * 1024;

type Placement = EnvironmentDetail["placement"];

interface DriverWords {
  label: string;
  /** What a choice of it gives. */
  meaning: string;
  /** What kind of place its databases are in. */
  homeKind: string;
  /** On the line from that place to the database. */
  edge: string;
  /** Where a database of it is, for someone who cannot look at the server's disk. */
  whereabouts: string;
  /** What can connect to it. */
  clients: string;
  /** How its size is found. */
  measured: string;
  /** What is said while no use is written down: only what passes the data server is. */
  unused: { short: string; sentence: string };
}

const unseen = {
  short: "not seen",
  sentence: "Logins go to its server itself, so Freehold does not see when it is used.",
};

export const driverWords: Record<Placement["driver"], DriverWords> = {
  sqlite: {
    label: "SQLite",
    meaning: "A file of its own, served over the libSQL protocol. There in milliseconds.",
    homeKind: "Data directory",
    edge: "one file",
    whereabouts:
      "A file of its own among the databases in the data directory of this installation. It has the database's name, and only the server's account can read it.",
    clients: "Every libSQL client takes it.",
    measured: "Measured now, with what is written but not yet merged into the file.",
    unused: { short: "never", sentence: "It was never used." },
  },
  postgres: {
    label: "Postgres",
    meaning: "A database of its own on a Postgres server, with logins of its own.",
    homeKind: "Postgres server",
    edge: "one database",
    whereabouts: "A database of its own on a Postgres server. Only its own logins may connect to it.",
    clients: "Every Postgres client takes it.",
    measured: "Measured now by the Postgres server, with its indexes.",
    unused: {
      short: "not seen",
      sentence:
        "No use was seen yet. Freehold looks at the sessions of logins twice a minute; services of a pool share theirs.",
    },
  },
  turso: {
    label: "Turso",
    meaning: "A database of its own in a group at Turso, reached over the libSQL protocol.",
    homeKind: "Turso group",
    edge: "one database",
    whereabouts: "A database of its own in a group at Turso, reached over the libSQL protocol.",
    clients: "Every libSQL client takes it.",
    measured: "As Turso reports it.",
    unused: unseen,
  },
};

interface IsolationWords {
  short: string;
  /** What it is for those who are in it. */
  meaning: string;
}

export const isolationWords: Record<Placement["isolation"], IsolationWords> = {
  dedicated: { short: "Dedicated", meaning: "A database of its own." },
  shared: {
    short: "Shared",
    meaning: "Rows in a pool, fenced by row level security.",
  },
};

const formatCount = (count: number) => count.toLocaleString("en-GB");

/** "1 row", "20,000 rows". */
export const formatRows = (rows: number) => `${formatCount(rows)} ${rows === 1 ? "row" : "rows"}`;

/** "12 of 20,000 rows": those that were counted last, of the most that there may be. */
export const rowsOfLimit = (rows: number | null, limit: number) =>
  `${formatCount(rows ?? 0)} of ${formatRows(limit)}`;

/**
 * Which limits an environment that is over them is over. Both while the figures do not say, because
 * a limit has just changed.
 */
export function overWhich(placement: Placement): { storage: boolean; rows: boolean } {
  const { isOverLimit, storageUsedBytes, storageLimitMb, rowCount, rowLimit } = placement;
  const storage = storageUsedBytes > storageLimitMb * bytesPerMb;
  const rows = rowLimit !== null && (rowCount ?? 0) > rowLimit;
  const isKnown = storage || rows;
  return { storage: isOverLimit && (storage || !isKnown), rows: isOverLimit && (rows || !isKnown) };
}

/** Said where an environment of a pool is over a limit. */
export const overLimit = "Over its limit: reads go on, writes are refused";
