/** The kinds by which attempts are counted. */
export const attackKinds = [
  "select",
  "cte",
  "subquery",
  "join",
  "lateral",
  "set-operation",
  "aggregate",
  "cursor",
  "prepared",
  "export",
  "lock",
  "insert",
  "update",
  "delete",
  "merge",
  "on-conflict",
  "context",
  "role",
  "oracle",
  "error-text",
  "explain",
  "catalog",
  "shadowing",
  "path",
  "large-object",
  "session",
  "sequence",
  "ddl",
  "code-block",
] as const;
export type AttackKind = (typeof attackKinds)[number];

/**
 * What must be true of the last statement; of every statement, that it shows no secret of another tenant.
 * `unseen`: nothing more. `none`: no row and no count. `own`: no more rows than the attacker has.
 * `refused`: an error. `same`: the same outcome as its twin, which asks for a value that nobody has.
 */
export type Expectation = "unseen" | "none" | "own" | "refused" | "same";

export interface Attack {
  kind: AttackKind;
  /** Unique among all attacks on one table. */
  name: string;
  /** Most are put together when they are read: of a thousand attacks, each attempt carries out one. */
  statements: string[];
  expect: Expectation;
  /** For `same`: the statement with a value that nobody has. */
  twin?: string;
  /**
   * Done by the other tenant and committed, or only where it wrote no row; then the attacker looks for
   * what it left on the connection.
   */
  commits?: "always" | "unless-written";
}

/** What attacks on a connection leave there for the next one to stumble over. */
export const leftBehind = "freehold-left-behind";

/** A row that one tenant has, put there so that others may be caught seeing it. */
export interface Canary {
  tenant: string;
  schema: string;
  table: string;
  /** The value of the table's key column. The attacker knows it. The same in every table of the tenant: it is what references are tried with. */
  key: string;
  /** A value of the row that no attack contains. */
  secret: string;
}

/** Who attacks whom, and with what knowledge. */
export interface Aim {
  own: Canary;
  foreign: Canary;
  /** A key that nobody has. */
  nobody: string;
  /** The proof of the other tenant's open connection, empty where there is none. */
  foreignProof: string;
}
