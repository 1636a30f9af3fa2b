import type { EnvironmentId } from "@/server/kernel/ids";

export type DriverKind = "sqlite";

/** A database, and the tenant that it must belong to. */
export interface DatabaseIdentity {
  tenant: EnvironmentId;
  databaseName: string;
}

export interface Endpoint {
  /** Where the database is. Carries no secret. */
  url: string;
}

export interface VerifiedDatabase {
  /** Version of the system schema. */
  schemaVersion: number;
  sizeBytes: number;
}

export interface TableFacts {
  name: string;
  rows: number;
  /** False when counting stopped early: the table has at least `rows` rows. */
  rowsAreExact: boolean;
  /** True for the tables that Freehold itself keeps in every tenant database. */
  system: boolean;
}

export interface DatabaseFacts extends VerifiedDatabase {
  stamp: { tenant: string; stampedAt: Date };
  /** At most 200, by name. Views and virtual tables are left out. */
  tables: TableFacts[];
  /** False when there are more tables than listed. */
  tablesAreComplete: boolean;
  engine: string;
}

/** What is really there, for comparing it with the registry. */
export interface ListedDatabase {
  /** The database's name, or the name of what lies in its place. */
  databaseName: string;
  /** Whose stamp it carries; null when it has none that can be read. */
  tenant: string | null;
  sizeBytes: number;
  modifiedAt: Date;
  /** True for what is no database: an unfinished creation, a journal on its own, a stranger's file. */
  isLeftover: boolean;
  /** A sentence that says what is wrong with it, or null. */
  problem: string | null;
}

/**
 * One kind of database. Every method is safe to call again with the same arguments. What a
 * caller can act on is a DomainError: `invalid` for a malformed name or tenant, `conflict` when
 * the name is another tenant's, `precondition` when the database is missing, foreign, damaged or busy.
 */
export interface TenantDriver {
  readonly kind: DriverKind;
  /** Creates the database with the current system schema and the tenant's stamp. Durable when it returns. */
  createDatabase(identity: DatabaseIdentity): Promise<Endpoint>;
  /** Removes the database and everything beside it. Refuses another tenant's; fine when it is gone. */
  dropDatabase(identity: DatabaseIdentity): Promise<void>;
  /** Opens the database and checks whose it is. Never creates one. */
  verifyDatabase(identity: DatabaseIdentity): Promise<VerifiedDatabase>;
  /** Looks inside without changing anything, in bounded time whatever the tenant put there. */
  inspectDatabase(identity: DatabaseIdentity): Promise<DatabaseFacts>;
  /** Everything that lies where databases live, unfinished creations included. */
  listDatabases(): AsyncIterable<ListedDatabase>;
  /** Waits for what is under way and closes every handle. The driver cannot be used afterwards. */
  close(): Promise<void>;
}
