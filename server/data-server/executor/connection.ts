import type { DatabaseSync, StatementSync } from "node:sqlite";
import { LRUCache } from "lru-cache";
import type { CredentialScope } from "@/server/drivers/driver";
import { RequestError } from "@/server/data-server/request-error";
import type { ServedDatabase } from "@/server/drivers/sqlite/serve";
import { createAuthorizer, type Authorizer } from "./authorize";
import { explainText, isBusy, isRefused } from "./errors";
import { describeStatement, inSqlite, type Statement } from "./statement";

const keptStatements = 50;
const longestKept = 10_000;

/** One open database under one scope. It does one thing at a time. */
export interface Connection {
  readonly scope: CredentialScope;
  readonly database: string;
  /** True once something was left in it that another stream must not find. */
  lasting: boolean;
  prepare(sql: string): Statement;
  isInTransaction(): boolean;
  /** How many rows the last statement changed, and the row that was last inserted. */
  lastChange(): { changes: bigint; rowid: bigint };
  /** What has to be done before a statement runs, and after any. */
  prepareFor(statement: Statement): void;
  settle(statement: Statement, succeeded: boolean): void;
  /** Ends an open transaction by undoing it. */
  rollback(): void;
  setSize(sizeMb: number): void;
  /** Looks at the file: whether it is still the one that was opened. */
  isCurrent(): boolean;
  /** Bytes of the file when it was looked at last. */
  sizeBytes(): number;
  close(): void;
}

interface ConnectionOptions {
  scope: CredentialScope;
  database: string;
  sizeMb: number;
}

export function createConnection(
  { db, isCurrent, sizeBytes }: ServedDatabase,
  { scope, database, sizeMb }: ConnectionOptions,
): Connection {
  const authorizer = createAuthorizer(scope);
  db.setAuthorizer(authorizer.authorize);
  const own = (sql: string) => authorizer.trust(() => db.exec(sql));
  let changed: StatementSync | undefined;
  const prepare = createCompiler(db, authorizer);
  let size = sizeMb;
  let logsWrites = scope === "readonly";
  let readsOnly = false;

  function readOnly(wanted: boolean): void {
    if (wanted !== readsOnly) own(`PRAGMA query_only = ${wanted ? 1 : 0}`);
    readsOnly = wanted;
  }

  return {
    scope,
    database,
    lasting: false,
    prepare(sql) {
      const statement = prepare(sql);
      // SQLite carries out some PRAGMAs as it compiles them.
      if (statement.lasting) this.lasting = true;
      return statement;
    },
    isInTransaction: () => db.isTransaction,
    lastChange() {
      changed ??= authorizer.trust(() => askForChange(db));
      const [changes, rowid] = Object.values(changed.get() ?? {});
      return { changes: bigintOr0(changes), rowid: bigintOr0(rowid) };
    },
    prepareFor({ writes, schema, locks }) {
      if (!logsWrites && !db.isTransaction && (writes || schema || locks)) logsWrites = logWrites(own);
    },
    settle({ beginsReading }, succeeded) {
      readOnly((readsOnly || (succeeded && beginsReading)) && db.isTransaction);
    },
    rollback() {
      if (db.isTransaction) own("ROLLBACK");
      readOnly(false);
    },
    setSize(wanted) {
      if (wanted !== size) own(`PRAGMA max_page_count = ${Math.ceil(wanted * 256)}`);
      size = wanted;
    },
    isCurrent,
    sizeBytes,
    close: () => db.close(),
  };
}

function askForChange(db: DatabaseSync): StatementSync {
  const statement = db.prepare("SELECT changes(), last_insert_rowid()");
  statement.setReadBigInts(true);
  return statement;
}

/** Readers and a writer do not wait for each other then, and a commit waits for the disk once. False for now if somebody is in the way. */
function logWrites(own: (sql: string) => void): boolean {
  try {
    own("PRAGMA journal_mode = WAL");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

/** Compiles statements and keeps the latest, so that one that comes again is not looked at again. */
function createCompiler(db: DatabaseSync, authorizer: Authorizer): (sql: string) => Statement {
  const statements = new LRUCache<string, Statement>({ max: keptStatements });

  function compile(sql: string): Statement {
    try {
      const { value, facts } = authorizer.observe(() => db.prepare(inSqlite(sql)));
      return describeStatement(value, sql, facts);
    } catch (error) {
      if (isRefused(error)) throw new RequestError("SQLITE_AUTH", authorizer.reason(), 403);
      if (isEmpty(error))
        throw new RequestError("SQL_NO_STATEMENT", "SQL string does not contain any statement");
      throw explainText(error);
    }
  }

  return (sql) => {
    const kept = statements.get(sql);
    if (kept) return kept;
    const statement = compile(sql);
    if (!statement.lasting && sql.length <= longestKept) statements.set(sql, statement);
    return statement;
  };
}

const bigintOr0 = (value: unknown) => (typeof value === "bigint" ? value : 0n);

const isEmpty = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ERR_INVALID_ARG_VALUE";
