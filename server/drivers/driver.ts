import type { EnvironmentId } from "@/server/kernel/ids";
import type { Secret } from "@/server/kernel/secret";
import type { Release } from "@/server/packages/content";
import type { Installation } from "./installation";

export const driverKinds = ["sqlite", "postgres", "turso"] as const;
export type DriverKind = (typeof driverKinds)[number];

/**
 * What a credential may do. `readonly`: read rows. `readwrite`: read and write rows. `admin`:
 * that and the schema. None of them writes the tables that Freehold itself keeps.
 */
export const credentialScopes = ["readonly", "readwrite", "admin"] as const;
export type CredentialScope = (typeof credentialScopes)[number];

/** A database, and the tenant that it must belong to. */
export interface DatabaseIdentity {
  tenant: EnvironmentId;
  databaseName: string;
}

/** The same, with the cluster that it is on, and the pool there. */
export interface DatabaseHome extends DatabaseIdentity {
  clusterId: string;
  poolId: string | null;
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

/** A credential before it has a secret. Its id names the login; a rotation makes a new id. */
export interface LoginRequest {
  credentialId: string;
  /** `services`: held by services, which act for many tenants. `direct`: for one program or person. */
  audience: "services" | "direct";
  scope: CredentialScope;
  /** After this moment the database itself refuses it; null: until it is revoked. */
  expiresAt: Date | null;
}

export interface Login extends LoginRequest {
  secret: Secret;
}

/** What a client needs beside the secret. Carries no secret. */
export interface Address {
  /** `http(s)://host[:port]/database/` for libSQL: clients drop what follows the last slash, `postgresql://host:port/database` for Postgres. */
  url: string;
  /** The Postgres role; null where the secret alone identifies the login. */
  username: string | null;
}

/** What one look at a server shows of a database that is in use. */
export interface ObservedUse {
  databaseName: string;
  /** Whose logins are at work there. */
  credentialIds: string[];
  at: Date;
  sizeBytes: number;
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

/** Asked right before others can find what is made, or miss what is removed. What it throws ends the call, and nothing has changed. */
export type Confirm = () => Promise<void>;

/**
 * One kind of database. Every method is safe to call again with the same arguments. What a
 * caller can act on is a DomainError: `invalid` for a malformed name or tenant, `conflict` when
 * the name is another tenant's, `precondition` when the database is missing, foreign, damaged or busy.
 */
export interface TenantDriver {
  readonly kind: DriverKind;
  /** `one`: a login can be ended by itself. `all`: ending one ends every login of the database. */
  readonly revokes: "one" | "all";
  /** Reaches the place where databases live and readies it for them; throws `precondition` when it cannot. */
  prepare(): Promise<{ engine: string }>;
  /** Creates the database with the current system schema and the tenant's stamp. Durable when it returns. */
  createDatabase(identity: DatabaseIdentity, confirm?: Confirm): Promise<Endpoint>;
  /** Removes the database and everything beside it. Refuses another tenant's; fine when it is gone. */
  dropDatabase(identity: DatabaseIdentity, confirm?: Confirm): Promise<void>;
  /** Opens the database and checks whose it is. Never creates one. */
  verifyDatabase(identity: DatabaseIdentity): Promise<VerifiedDatabase>;
  /** Looks inside without changing anything, in bounded time whatever the tenant put there. */
  inspectDatabase(identity: DatabaseIdentity): Promise<DatabaseFacts>;
  /** A secret for a new login. Where the database does not take ours, it mints one that works at once. */
  mintSecret(identity: DatabaseIdentity, login: LoginRequest): Promise<Secret>;
  /** Makes the login work. Again with the same credential: the same login, with this secret. */
  installLogin(identity: DatabaseIdentity, login: Login): Promise<void>;
  /** Logs in as a client would and looks whose database it is; `precondition` when that fails. */
  verifyLogin(identity: DatabaseIdentity, login: Login): Promise<void>;
  /** From now on nobody logs in with it, and its open sessions are ended. Fine when it is gone. */
  revokeLogin(identity: DatabaseIdentity, credentialId: string): Promise<void>;
  /** Ids of the credentials that the database itself knows; null where the registry is the only list. */
  listLogins(identity: DatabaseIdentity): Promise<string[] | null>;
  /** Refuses every login and ends open sessions. The data stays. */
  suspendDatabase(identity: DatabaseIdentity): Promise<void>;
  /** Takes logins again. Fine when it was not suspended. */
  resumeDatabase(identity: DatabaseIdentity): Promise<void>;
  /**
   * Brings a release of a package into the database, or what is missing of it. Each file is one
   * transaction with its line in the database's journal, so that a call that was interrupted is
   * completed by the next; of two at once one waits or one wins. Throws `precondition` when a
   * statement is refused, when the journal does not fit the release, or while somebody holds the database.
   */
  installPackage(identity: DatabaseIdentity, release: Release): Promise<void>;
  /** The packages that the database itself says it has, by name; at most a thousand. */
  listInstallations(identity: DatabaseIdentity): Promise<Installation[]>;
  /** Where a client finds the database with this credential. */
  address(identity: DatabaseIdentity, credentialId: string): Address;
  /** One look at which logins are at work now; left out where each use is told as it happens, or nobody tells. */
  observeUse?(): Promise<ObservedUse[]>;
  /** Everything that lies where databases live, unfinished creations included. */
  listDatabases(): AsyncIterable<ListedDatabase>;
  /** Waits for what is under way and closes every handle. The driver cannot be used afterwards. */
  close(): Promise<void>;
}
