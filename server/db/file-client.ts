import { ConnectionPool, Sqlite3Client } from "@libsql/client/sqlite3";
import type { Client } from "@libsql/client";
import { LRUCache } from "lru-cache";

type Connection = ReturnType<ConnectionPool["acquireSync"]>;
type Statement = ReturnType<Connection["prepare"]> & { reader: boolean };

/** Statements kept per connection; the console has about a hundred, filters multiply them. */
const mostStatements = 500;
/** Pages in the write-ahead log before a commit also checkpoints, which costs two syncs more. */
const checkpointPages = 4000;
/** Read in place instead of copied into each connection's cache, which a long list would only flush. */
const mappedBytes = 1024 ** 3;
/** A kept statement would go on naming the columns that there were when it was prepared. */
const takesAnyColumns = /\b(?:select|returning)\s+\*|\.\*/i;
const noData = new Error("This statement returns no data.");

/**
 * A client for a libSQL file whose connections keep their prepared statements. The plain
 * one prepares anew at every call, which costs more than most statements of ours do.
 */
export function openFile(path: string, options: { timeout: number }): Client {
  return new Sqlite3Client(new KeepingPool(path, options, 20), "number");
}

class KeepingPool extends ConnectionPool {
  override acquireSync(forTransaction?: boolean): Connection {
    const connection = super.acquireSync(forTransaction);
    if (!Object.hasOwn(connection, "prepare")) {
      connection.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`);
      connection.exec(`PRAGMA mmap_size = ${mappedBytes}`);
      keepStatements(connection);
    }
    return connection;
  }
}

function keepStatements(connection: Connection): void {
  const kept = new LRUCache<string, Statement>({ max: mostStatements });
  const prepare = connection.prepare.bind(connection);
  const prepareOnce = (sql: string) => {
    const known = kept.get(sql);
    if (known) return known;
    if (takesAnyColumns.test(sql)) return prepare<unknown[]>(sql);
    const statement = reusable(prepare<unknown[]>(sql), () => kept.delete(sql));
    kept.set(sql, statement);
    return statement;
  };
  Object.assign(connection, { prepare: prepareOnce });
}

/** A statement that failed may not have ended, so it is forgotten. */
function reusable(statement: Statement, forget: () => void): Statement {
  const returnsData = statement.reader;
  if (returnsData) statement.raw(true);
  statement.safeIntegers(true);
  let columns: ReturnType<Statement["columns"]> | undefined;
  const readColumns = statement.columns.bind(statement);
  const forgetting =
    <Parameters extends unknown[], Result>(call: (...parameters: Parameters) => Result) =>
    (...parameters: Parameters) => {
      try {
        return call(...parameters);
      } catch (error) {
        forget();
        throw error;
      }
    };
  return Object.assign(statement, {
    raw() {
      if (returnsData) return statement;
      throw noData;
    },
    safeIntegers: () => statement,
    columns: () => (columns ??= readColumns()),
    run: forgetting(statement.run.bind(statement)),
    all: forgetting(statement.all.bind(statement)),
  });
}
