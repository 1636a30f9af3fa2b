import type { ClientBase } from "pg";
import { once } from "./once";
import { refusal } from "./refuse";
import { readRelations, tenantTables, type Declared, type Relation } from "./relations";
import { restore, standIn, type StandIn } from "./stand-ins";

// SQLSTATE codes.
const noSuchKey = "42830";
const notUnique = "23505";
const overlaps = "23P01";
const isNull = "23502";

interface PgError extends Error {
  code: string;
  schema?: string;
  table?: string;
}

const isPgError = (error: unknown): error is PgError => error instanceof Error && "code" in error;

export interface Defining {
  client: ClientBase;
  declared: Declared;
  /** The package's own. */
  schema: string;
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
  const { client } = defining;
  await client.query("SAVEPOINT statement");
  const standing = new Map<number, Relation>();
  let stood: StandIn[] = [];
  let failure = await attempt(client, sql);
  while (failure !== null) {
    await client.query("ROLLBACK TO SAVEPOINT statement");
    const table = await tableOf(defining, failure);
    if (!table || standing.has(table.oid)) throw failure;
    standing.set(table.oid, table);
    stood = [];
    for (const one of standing.values()) stood.push(await standIn(client, one));
    failure = await attempt(client, sql).catch((error: unknown) => {
      throw isPgError(error) && error.code === isNull ? keyStays(table, error) : error;
    });
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

// Stand-ins are empty, and a primary key takes no empty columns.
const keyStays = ({ path }: Relation, cause: unknown) =>
  refusal(
    [`${path}: its primary key stays, as tenants have the same values in another one; UNIQUE can be added`],
    cause,
  );

/** The table of tenants that the refusal is about. Another package may have one of the same name. */
async function tableOf(
  { client, declared, schema }: Defining,
  error: PgError,
): Promise<Relation | undefined> {
  if (error.code === noSuchKey && error.message.includes("disagree"))
    throw refusal(
      ["a foreign key to a table of an earlier migration names the columns that it points at"],
      error,
    );
  const [, named] = /referenced table "(.+)"$/.exec(error.message) ?? [];
  const name = error.table ?? named;
  const tables = tenantTables(await readRelations(client, declared)).filter(
    (table) => table.name === name && table.hasFence,
  );
  return tables.find((table) => table.schema === (error.schema ?? schema)) ?? tables[0];
}
