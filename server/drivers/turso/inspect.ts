import type { Client, Row } from "@libsql/client/web";
import { getTableName } from "drizzle-orm";
import { migration, packageInstallation, stamp as stampTable } from "@/drizzle/tenant/schema";
import type { DatabaseFacts, TableFacts } from "@/server/drivers/driver";
import { refusalOf } from "./open";
import { readSchemaVersion, type Stamp } from "./read";

const systemTables = new Set<string>(
  [packageInstallation, migration, stampTable].map((table) => getTableName(table)),
);

const mostTables = 200;
const longestName = 255;
/** Turso bills rows that are read, so an inspection reads at most so many of each table. */
const mostRows = 1_000;

/** In four requests at most, each of which has its end. */
export async function inspect(client: Client, stamp: Stamp, sizeBytes: number): Promise<DatabaseFacts> {
  const schemaVersion = await readSchemaVersion(client);
  const [versions, found] = await client.batch(
    [
      "SELECT sqlite_version() AS version",
      `SELECT name FROM sqlite_schema
       WHERE type = 'table' AND rootpage > 0 AND substr(sql, 1, 13) = 'CREATE TABLE '
         AND substr(name, 1, 7) <> 'sqlite_' AND length(name) <= ${longestName}
       ORDER BY name LIMIT ${mostTables + 1}`,
    ],
    "read",
  );
  const names = (found?.rows ?? []).flatMap(({ name }) => (typeof name === "string" ? [name] : []));
  const version = versions?.rows[0]?.["version"];
  return {
    schemaVersion,
    sizeBytes,
    stamp,
    tables: await count(client, names.slice(0, mostTables)),
    tablesAreComplete: names.length <= mostTables,
    engine: `SQLite ${typeof version === "string" ? version : "of an unknown version"} at Turso`,
  };
}

/** Up to a thousand rows of each table, all in one request. When that takes too long, nothing is known of any. */
async function count(client: Client, names: readonly string[]): Promise<TableFacts[]> {
  const statements = names.map(
    (name) =>
      `SELECT count(*) AS n FROM (SELECT 1 FROM "${name.replaceAll('"', '""')}" LIMIT ${mostRows + 1})`,
  );
  const results = await client.batch(statements, "read").catch((error: unknown) => {
    if (refusalOf(error)) throw error;
    return [];
  });
  return names.map((name, index) => ({
    name,
    ...rowsOf(results[index]?.rows[0]),
    system: systemTables.has(name),
  }));
}

function rowsOf(row: Row | undefined): Pick<TableFacts, "rows" | "rowsAreExact"> {
  const found = row?.["n"];
  if (typeof found !== "number") return { rows: 0, rowsAreExact: false };
  return { rows: Math.min(found, mostRows), rowsAreExact: found <= mostRows };
}
