import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { allowPlainReads, recover } from "./fence";
import { databasePath, look, type Layout } from "./layout";
import { checkFile, identify } from "./read";
import { explain, foreign, isBusy, missing, needsRecovery } from "./sqlite-errors";

/** A database that stays open to run a tenant's own SQL. */
export interface ServedDatabase {
  db: DatabaseSync;
  /** Looks at the file: whether it is still the one that was opened. */
  isCurrent(): boolean;
  /** Bytes of the file when it was looked at last. */
  sizeBytes(): number;
}

const pageBytes = 4096;

// One transaction for all that is read before the first statement, so the file is locked and looked at once.
const settings = `
  PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; BEGIN;
  PRAGMA cache_size = -256; PRAGMA journal_size_limit = 4194304`;

/** What keeps one statement small, whatever is written in it. No file can be attached. */
const limits = {
  attach: 0,
  length: 16_000_000,
  sqlLength: 1_000_000,
  column: 1_000,
  exprDepth: 500,
  compoundSelect: 100,
  functionArg: 100,
  likePatternLength: 1_000,
  triggerDepth: 100,
} as const;

/**
 * Opens a database for a tenant's SQL, after the same checks as for reading. Never creates one.
 * Throws `precondition` when it is missing, foreign, another tenant's or damaged, and SQLite's own
 * error when a writer holds it. The caller sets the authorizer.
 */
export function openForServing(
  layout: Layout,
  identity: DatabaseIdentity,
  { readOnly, sizeMb }: { readOnly: boolean; sizeMb: number },
): ServedDatabase {
  checkFile(layout, identity.databaseName);
  const path = databasePath(layout, identity.databaseName);
  try {
    return openOnce(path, identity, { readOnly, sizeMb });
  } catch (error) {
    if (isBusy(error)) throw error;
    if (!needsRecovery(error)) throw explain(error, path);
    recover(path);
    return openOnce(path, identity, { readOnly, sizeMb });
  }
}

function openOnce(
  path: string,
  { tenant }: DatabaseIdentity,
  { readOnly, sizeMb }: { readOnly: boolean; sizeMb: number },
): ServedDatabase {
  const opened = look(path);
  if (!opened) throw missing();
  const url = pathToFileURL(path);
  // Without this mode SQLite would create a database that is missing.
  url.searchParams.set("mode", readOnly ? "ro" : "rw");
  const db = new DatabaseSync(url, {
    readOnly,
    defensive: true,
    allowExtension: false,
    enableDoubleQuotedStringLiterals: true,
    limits,
  });
  try {
    db.exec(`${settings}; PRAGMA max_page_count = ${Math.ceil((sizeMb * 1024 * 1024) / pageBytes)}`);
    db.setAuthorizer(allowPlainReads);
    if (identify(db, path).tenant !== tenant)
      throw new DomainError("precondition", "The database belongs to another environment.");
    db.setAuthorizer(null);
    db.exec("COMMIT");
    let found: ReturnType<typeof look> = opened;
    const isCurrent = () => {
      found = look(path);
      return found?.ino === opened.ino && found.dev === opened.dev;
    };
    if (!isCurrent()) throw foreign();
    return { db, isCurrent, sizeBytes: () => found?.size ?? 0 };
  } catch (error) {
    db.close();
    throw error;
  }
}
