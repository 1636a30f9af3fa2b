import { constants, DatabaseSync } from "node:sqlite";
import { statSync } from "node:fs";
import { createConnection } from "@/server/data-server/executor/connection";
import { runPipeline } from "@/server/data-server/executor/pipeline";
import { createMeter } from "@/server/data-server/executor/run";
import type { Authorization } from "./tokens";

const limits = { statementMs: 0, rows: 100_000, resultBytes: 10_000_000, sizeMb: 100, memoryMb: 0 };

/** Freehold's own tables are tables like others at Turso, so the rules that a tenant file has do not hold here. */
class PlainDatabase extends DatabaseSync {
  isReadOnly = false;

  override setAuthorizer(judge: Parameters<DatabaseSync["setAuthorizer"]>[0]): void {
    if (!judge) return super.setAuthorizer(judge);
    return super.setAuthorizer((...asked) => {
      const judged = judge(...asked);
      return this.isReadOnly ? judged : constants.SQLITE_OK;
    });
  }
}

/** Runs the requests of one Hrana body over the file, as a stream of their own, and gives the answer. */
export function runSql(path: string, authorization: Authorization, body: unknown): unknown {
  const isReadOnly = authorization === "read-only";
  const db = new PlainDatabase(path, { timeout: 1_000, readOnly: isReadOnly });
  db.isReadOnly = isReadOnly;
  // What is in these files need not outlive the test.
  if (!isReadOnly) db.exec("PRAGMA synchronous = OFF");
  const scope = isReadOnly ? "readonly" : "admin";
  const sizeBytes = () => statSync(path).size;
  const connection = createConnection(
    { db, isCurrent: () => true, sizeBytes },
    { scope, database: path, sizeMb: limits.sizeMb },
  );
  try {
    const session = { connection, texts: new Map<number, string>(), isClosed: false };
    const meter = createMeter(limits, false, () => {});
    return { baton: null, base_url: null, results: JSON.parse(runPipeline(session, body, meter)) as unknown };
  } finally {
    connection.rollback();
    connection.close();
  }
}
