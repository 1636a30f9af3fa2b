/** The kinds of SQL that a package is written for. libSQL at Turso takes `sqlite`. */
export const engines = ["sqlite", "postgres"] as const;
export type Engine = (typeof engines)[number];

export interface Statement {
  sql: string;
  /** Where it stands in its file, from 1. */
  line: number;
}

/** One numbered step of a package, as one engine runs it. */
export interface MigrationText {
  /** `0001_students.sql`, or `0001_students.postgres.sql` where the engines differ. */
  file: string;
  /** SHA-256 of the file's text, in hex. */
  checksum: string;
  statements: Statement[];
}

export interface Migration {
  /** `0001_students`: the number and the noun. */
  name: string;
  /** Null for an engine that the package is not for. */
  sqlite: MigrationText | null;
  postgres: MigrationText | null;
}

/** One release of a package, checked: what is installed into a tenant's database or into a pool. */
export interface Release {
  package: string;
  version: string;
  /** SHA-256 over the manifest and all files, in hex. */
  checksum: string;
  /** The Postgres schema that its tables live in. */
  schema: string;
  engines: readonly Engine[];
  /** Tables that everybody reads and nobody but the package's own migrations writes. */
  reference: readonly string[];
  migrations: readonly Migration[];
}
