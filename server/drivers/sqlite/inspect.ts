import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { getTableName } from "drizzle-orm";
import { migration, packageInstallation, stamp } from "@/drizzle/tenant/schema";
import type { DatabaseFacts, TableFacts } from "@/server/drivers/driver";
import { sizeOnDisk } from "./layout";
import { readInteger, type OpenDatabase } from "./read";

const systemTables = new Set<string>(
  [packageInstallation, migration, stamp].map((table) => getTableName(table)),
);

const mostTables = 200;
const longestName = 255;
const mostRows = 100_000;
const firstChunk = 1_000;
const chunk = 10_000;
const budgetMs = 300;
/** Rows of a page each make chunks slow; then the count stops where it is. */
const slowChunkMs = 20;

export async function inspect({
  db,
  path,
  tenant,
  stampedAt,
  schemaVersion,
}: OpenDatabase): Promise<DatabaseFacts> {
  const { tables, complete } = await listTables(db);
  return {
    schemaVersion,
    sizeBytes: sizeOnDisk(path),
    stamp: { tenant, stampedAt },
    tables,
    tablesAreComplete: complete,
    engine: `SQLite ${process.versions["sqlite"]}`,
  };
}

/**
 * The ordinary tables, by name, with their row counts up to 100,000. Gives way to other
 * work between chunks, and stops counting when 300 ms are used up.
 */
async function listTables(db: DatabaseSync): Promise<{ tables: TableFacts[]; complete: boolean }> {
  const names = tableNames(db);
  const deadline = performance.now() + budgetMs;
  const tables: TableFacts[] = [];
  for (const name of names.slice(0, mostTables)) {
    tables.push({ name, ...(await countRows(db, name, deadline)), system: systemTables.has(name) });
  }
  return { tables, complete: names.length <= mostTables };
}

/** One more than are listed, if there are. What starts with these words is neither a view nor a virtual table. */
function tableNames(db: DatabaseSync): string[] {
  const rows = db
    .prepare(
      `SELECT name FROM sqlite_schema
       WHERE type = 'table' AND rootpage > 0 AND substr(sql, 1, 13) = 'CREATE TABLE '
         AND substr(name, 1, 7) <> 'sqlite_' AND length(name) <= ${longestName}
       ORDER BY name LIMIT ${mostTables + 1}`,
    )
    .all();
  return rows.map((row) => String(row["name"]));
}

async function countRows(
  db: DatabaseSync,
  name: string,
  deadline: number,
): Promise<{ rows: number; rowsAreExact: boolean }> {
  const sql = `SELECT count(*) FROM (SELECT 1 FROM "${name.replaceAll('"', '""')}" LIMIT ? OFFSET ?)`;
  let rows = 0;
  let wanted = firstChunk;
  while (performance.now() < deadline) {
    const started = performance.now();
    // The last chunk looks one row further, to know whether there is one.
    const limit = Math.min(wanted, mostRows + 1 - rows);
    const found = readInteger(db, sql, limit, rows);
    const slow = performance.now() - started > slowChunkMs;
    rows += found;
    await nextTurn();
    if (found < limit) return { rows, rowsAreExact: true };
    if (rows > mostRows) return { rows: mostRows, rowsAreExact: false };
    if (slow) break;
    wanted = chunk;
  }
  return { rows, rowsAreExact: false };
}
