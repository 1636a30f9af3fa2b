import { constants, DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { isThere, pendingMigrations, refusedStatement, type Standing } from "@/server/drivers/installation";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import type { MigrationText, Release } from "@/server/packages/content";
import { allowPlainReads } from "./fence";
import { applied, began, ended, readStanding, standingOf, stopped, type Prepared } from "./installation-sql";
import { databasePath, prepareLayout } from "./layout";
import { checkFile, identify } from "./read";
import { explain, isBusy } from "./sqlite-errors";

/** How long a client's transaction may hold the file before the installation gives up. */
const patienceMs = 30_000;

/**
 * Applies what is missing of a release: one file of it, with its line in the journal, is one
 * transaction that holds the file from its start. Blocks the thread.
 */
export function applyRelease(directory: string, identity: DatabaseIdentity, release: Release): void {
  const layout = prepareLayout(directory);
  checkFile(layout, identity.databaseName);
  const path = databasePath(layout, identity.databaseName);
  const url = pathToFileURL(path);
  // Without this mode SQLite would create a database that is missing.
  url.searchParams.set("mode", "rw");
  const db = new DatabaseSync(url, {
    defensive: true,
    allowExtension: false,
    timeout: patienceMs,
    limits: { attach: 0 },
  });
  try {
    db.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY");
    db.setAuthorizer(allowPlainReads);
    if (identify(db, path).tenant !== identity.tenant)
      throw new DomainError("precondition", "The database belongs to another environment.");
    applyAll(db, release);
  } catch (error) {
    throw isDomainError(error) ? error : explain(error, path);
  } finally {
    db.close();
  }
}

function applyAll(db: DatabaseSync, release: Release): void {
  try {
    // Each turn looks anew, as another installation may have come in between.
    while (applyNext(db, release));
  } catch (error) {
    if (isDomainError(error)) inTransaction(db, () => run(db, stopped(release, error.message)));
    throw error;
  }
}

/** False when nothing is left to do. */
function applyNext(db: DatabaseSync, release: Release): boolean {
  return inTransaction(db, () => {
    const standing = look(db, release.package);
    const [next, ...later] = pendingMigrations(release, "sqlite", standing.applied);
    if (!next && isThere(release, standing)) return false;
    run(db, began(release));
    if (next) applyFile(db, release, next);
    if (later.length === 0) run(db, ended(release));
    failpoint("sqlite.install.applied");
    return later.length > 0;
  });
}

function look(db: DatabaseSync, name: string): Standing {
  const [journal, installation] = readStanding(name).map(({ sql, args }) => db.prepare(sql).all(...args));
  return standingOf(journal ?? [], installation ?? []);
}

function applyFile(db: DatabaseSync, release: Release, text: MigrationText): void {
  run(db, applied(release, text));
  db.setAuthorizer(allowMigrations);
  try {
    for (const { sql, line } of text.statements) {
      try {
        db.prepare(sql).run();
      } catch (error) {
        throw isBusy(error) ? error : refusedStatement({ file: text.file, line }, error);
      }
      failpoint("sqlite.install.statement");
    }
  } finally {
    db.setAuthorizer(null);
  }
}

function run(db: DatabaseSync, { sql, args }: Prepared): void {
  db.prepare(sql).run(...args);
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.setAuthorizer(null);
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    failpoint("sqlite.install.committed");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

const never = new Set<number>([
  constants.SQLITE_ATTACH,
  constants.SQLITE_DETACH,
  constants.SQLITE_PRAGMA,
  constants.SQLITE_TRANSACTION,
  constants.SQLITE_SAVEPOINT,
]);
const changes = new Set<number>([
  constants.SQLITE_INSERT,
  constants.SQLITE_UPDATE,
  constants.SQLITE_DELETE,
  constants.SQLITE_DROP_TABLE,
  constants.SQLITE_ALTER_TABLE,
  constants.SQLITE_CREATE_INDEX,
  constants.SQLITE_CREATE_TRIGGER,
]);

/** A migration, or a trigger of the tenant that it sets off, leaves Freehold's own tables alone. */
function allowMigrations(action: number, first: string | null, second: string | null): number {
  if (never.has(action)) return constants.SQLITE_DENY;
  const names = [first, second].some((name) => name?.toLowerCase().startsWith("sys_"));
  return names && changes.has(action) ? constants.SQLITE_DENY : constants.SQLITE_OK;
}
