import type { Client } from "pg";
import type { DatabaseFacts, TableFacts } from "@/server/drivers/driver";
import { identifier } from "./names";
import { hasCode, sqlstate } from "./postgres-errors";
import type { OpenDatabase } from "./read";
import { runTogether } from "./server";

const mostTables = 200;
const rowSteps = [1_000, 100_000];
const listingMs = 2_000;
const countingMs = 300;

interface Table {
  schema: string;
  name: string;
  isPartitioned: boolean;
}

export async function inspect(open: OpenDatabase): Promise<DatabaseFacts> {
  const { client, stamp, engine, schemaVersion, sizeBytes, mayReadTables } = open;
  const found = await listTables(client);
  const deadline = performance.now() + countingMs;
  const tables: TableFacts[] = [];
  for (const table of found.slice(0, mostTables)) {
    const system = table.schema === "freehold";
    const counted = system || mayReadTables ? await countRows(client, table, deadline) : uncounted;
    tables.push({ name: displayName(table), ...counted, system });
  }
  return {
    schemaVersion,
    sizeBytes,
    stamp,
    tables,
    tablesAreComplete: found.length > 0 && found.length <= mostTables,
    engine,
  };
}

/**
 * One more than are listed, if there are; none when even that takes too long. Ordinary and
 * partitioned tables, and the one view of Freehold's own.
 */
async function listTables(client: Client): Promise<Table[]> {
  try {
    return await runTogether<{ schema: string; name: string; isPartitioned: boolean }>(client, [
      `SET LOCAL statement_timeout = ${listingMs}`,
      `SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS "isPartitioned"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE (c.relkind IN ('r', 'p') OR c.relkind = 'v' AND n.nspname = 'freehold') AND NOT c.relispartition
         AND c.relpersistence <> 't' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
       ORDER BY CASE WHEN n.nspname IN ('public', 'freehold') THEN c.relname ELSE n.nspname END COLLATE "C",
         c.relname COLLATE "C"
       LIMIT ${mostTables + 1}`,
    ]);
  } catch (error) {
    if (hasCode(error, sqlstate.queryCanceled)) return [];
    throw error;
  }
}

function displayName({ schema, name }: Table): string {
  return schema === "public" || schema === "freehold" ? name : `${schema}.${name}`;
}

const uncounted = { rows: 0, rowsAreExact: false };

/** Counts up to 100,000, and fewer when the time is used up; what may not be counted has at least none. */
async function countRows(client: Client, table: Table, deadline: number) {
  const path = `${identifier(table.schema)}.${identifier(table.name)}`;
  const source = table.isPartitioned ? path : `ONLY ${path}`;
  let counted = uncounted;
  for (const most of rowSteps) {
    const left = Math.floor(deadline - performance.now());
    if (left <= 0) return counted;
    const rows = await countUpTo(client, { source, most: most + 1, milliseconds: left });
    if (rows === null) return counted;
    if (rows <= most) return { rows, rowsAreExact: true };
    counted = { rows: most, rowsAreExact: false };
  }
  return counted;
}

/** Null when it could not be counted: the time was used up, or a policy hides rows. */
async function countUpTo(
  client: Client,
  { source, most, milliseconds }: { source: string; most: number; milliseconds: number },
): Promise<number | null> {
  try {
    const [row] = await runTogether<{ rows: number }>(client, [
      `SET LOCAL statement_timeout = ${milliseconds}`,
      `SELECT count(*)::int AS rows FROM (SELECT FROM ${source} LIMIT ${most}) AS part`,
    ]);
    return row?.rows ?? null;
  } catch (error) {
    // A broken connection ends the inspection; a refusal of the server is a fact of the table.
    if (error instanceof Error && "code" in error && "severity" in error && error.severity === "ERROR")
      return null;
    throw error;
  }
}
