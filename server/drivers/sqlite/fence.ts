import { constants, DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

const pragmas = new Set(["application_id", "user_version"]);
const functions = new Set(["count", "length", "substr"]);

type AuthorizerDetails = [
  first: string | null,
  second: string | null,
  database: string | null,
  origin: string | null,
];

/**
 * Allows plain reads of tables and the few things that inspecting needs. `origin` names the view
 * that a read comes from, so a view of the tenant's making never runs.
 */
export function allowPlainReads(action: number, ...[first, second, , origin]: AuthorizerDetails): number {
  if (origin !== null) return constants.SQLITE_DENY;
  switch (action) {
    case constants.SQLITE_SELECT:
    case constants.SQLITE_READ:
      return constants.SQLITE_OK;
    case constants.SQLITE_PRAGMA:
      return pragmas.has(first ?? "") && second === null ? constants.SQLITE_OK : constants.SQLITE_DENY;
    case constants.SQLITE_FUNCTION:
      return functions.has(second ?? "") ? constants.SQLITE_OK : constants.SQLITE_DENY;
    default:
      return constants.SQLITE_DENY;
  }
}

/** Opens a file for reading, as one that a stranger wrote. Throws when there is none. */
export function openForReading(path: string): DatabaseSync {
  const db = new DatabaseSync(path, {
    readOnly: true,
    defensive: true,
    allowExtension: false,
    // One value of a hostile row or generated column cannot fill the memory.
    limits: { attach: 0, length: 1_000_000 },
  });
  try {
    db.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
    db.setAuthorizer(allowPlainReads);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

/** Lets SQLite roll back or replay what a crashed writer left, which a reader is not able to. */
export function recover(path: string): void {
  const url = pathToFileURL(path);
  // Without this mode SQLite would create a database that is missing.
  url.searchParams.set("mode", "rw");
  const db = new DatabaseSync(url, { defensive: true, allowExtension: false, limits: { attach: 0 } });
  try {
    db.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA user_version");
  } finally {
    db.close();
  }
}
