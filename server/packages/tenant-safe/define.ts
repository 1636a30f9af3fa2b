import type { ClientBase } from "pg";
import { once } from "./once";
import { refusal } from "./refuse";
import { readRelations, tenantTables, type Declared, type Relation } from "./relations";
import { restore, standIn, type StandIn } from "./stand-ins";

// SQLSTATE codes.
const noSuchKey = "42830";
const notUnique = "23505";
const overlaps = "23P01";

interface PgError extends Error {
  code: string;
  table?: string;
}

const isPgError = (error: unknown): error is PgError => error instanceof Error && "code" in error;

export interface Defining {
  client: ClientBase;
  declared: Declared;
  makeSafe(): Promise<unknown>;
}

/**
 * Runs a statement that defines something. A package knows no tenants: its new foreign key names
 * a key without the tenant, and its new unique index is for the rows of one. Where Postgres
 * refuses that for what is there already, empty columns of the same names stand in for those of
 * the table while the statement runs; what it made on them is then made on the real ones, led by
 * the tenant.
 */
export async function define(defining: Defining, sql: string): Promise<void> {
  const { client, declared } = defining;
  await client.query("SAVEPOINT statement");
  const standing = new Map<number, Relation>();
  let stood: StandIn[] = [];
  let failure = await attempt(client, sql);
  while (failure !== null) {
    await client.query("ROLLBACK TO SAVEPOINT statement");
    const table = await tableOf(client, failure, declared);
    if (!table || standing.has(table.oid)) throw failure;
    standing.set(table.oid, table);
    stood = [];
    for (const one of standing.values()) stood.push(await standIn(client, one));
    failure = await attempt(client, sql);
  }
  await client.query("RELEASE SAVEPOINT statement");
  if (stood.length > 0) await settle(defining, stood);
}

async function settle({ client, declared, makeSafe }: Defining, stood: readonly StandIn[]): Promise<void> {
  const { rows } = await client.query<{ path: string }>("SELECT current_setting('search_path') AS path");
  await client.query("SELECT set_config('search_path', 'pg_catalog', true)");
  const later = await restore(client, stood, await readRelations(client, declared));
  await makeSafe();
  for (const statement of later) await client.query(statement);
  await client.query("SELECT set_config('search_path', $1, true)", [rows[0]?.path]);
}

async function attempt(client: ClientBase, sql: string): Promise<PgError | null> {
  await client.query("SAVEPOINT attempt");
  try {
    await once(client, sql);
    await client.query("RELEASE SAVEPOINT attempt");
    return null;
  } catch (error) {
    if (!isPgError(error) || ![noSuchKey, notUnique, overlaps].includes(error.code)) throw error;
    return error;
  }
}

/** The table of tenants that the refusal is about. */
async function tableOf(
  client: ClientBase,
  error: PgError,
  declared: Declared,
): Promise<Relation | undefined> {
  if (error.code === noSuchKey && error.message.includes("disagree"))
    throw refusal(
      ["a foreign key to a table of an earlier migration names the columns that it points at"],
      error,
    );
  const [, named] = /"([^"]+)"[^"]*$/.exec(error.message) ?? [];
  const name = error.table ?? named;
  const tables = tenantTables(await readRelations(client, declared));
  return tables.find((table) => table.name === name && table.hasFence);
}
