import { escapeIdentifier, type ClientBase, type QueryResult } from "pg";
import { newId } from "@/server/kernel/ids";
import { define, type Defining } from "./define";
import { once } from "./once";
import { refusal } from "./refuse";
import { controlsTransaction } from "./transaction-control";

/** A migration that is under way in a pool. */
export interface Running extends Defining {
  /** Everybody whose rows a change of rows is for. */
  tenants: readonly string[];
}

/**
 * Runs one statement of a package in a pool. One that changes rows of tenants runs once for each
 * of them and sees the rows of that one, as it would in a database of its own.
 */
export async function runStatement(running: Running, sql: string): Promise<void> {
  if (controlsTransaction(sql)) throw refusal(["a migration must not end the transaction that it runs in"]);
  // Loads a parser in WebAssembly, which nobody waits for who has no pool.
  const { refuseFunction } = await import("./functions");
  await refuseFunction(sql);
  const targets = await targetsOf(running.client, sql);
  if (targets.length === 0) {
    // A partition that comes from outside has to have what its parent has.
    if (attaching.test(sql)) await makeSafe(running);
    return define(running, sql);
  }
  // Its tables may be new: from here on, rows have tenants.
  await makeSafe(running);
  const ofTenants = targets.filter((table) => !running.declared.reference.has(table));
  if (ofTenants.length === 0) return void (await once(running.client, sql));
  if (ofTenants.length < targets.length)
    throw refusal([
      `${ofTenants[0]}: a statement changes either rows of tenants or those of reference tables`,
    ]);
  await refuseSeeds(running, sql, ofTenants[0] ?? "");
  for (const tenant of running.tenants) {
    await actFor(running.client, tenant);
    await once(running.client, sql);
  }
  await actFor(running.client, "");
}

const attaching = /\battach\s+partition\b/i;

async function makeSafe({ client, schema, makeSafe: make }: Running): Promise<void> {
  await make();
  await client.query("SELECT set_config('search_path', $1, true)", [escapeIdentifier(schema)]);
}

async function actFor(client: ClientBase, tenant: string): Promise<void> {
  await client.query("SELECT set_config('app.current_tenant', $1, true)", [tenant]);
}

/** Rows for a tenant that has none yet: whoever comes to the pool later would go without them. */
async function refuseSeeds({ client }: Running, sql: string, table: string): Promise<void> {
  await client.query("SAVEPOINT seeds");
  await actFor(client, newId());
  const { rowCount } = await once(client, sql);
  await client.query("ROLLBACK TO SAVEPOINT seeds; RELEASE SAVEPOINT seeds");
  if (rowCount)
    throw refusal([`${table}: rows that every tenant starts with are for the service, or a reference table`]);
}

interface Plan {
  "Node Type": string;
  Schema?: string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

const plansOf = (result: QueryResult) => result.rows as { "QUERY PLAN": { Plan: Plan }[] }[];

/** The tables whose rows a statement changes, as Postgres itself plans it; none when it is of another kind. */
async function targetsOf(client: ClientBase, sql: string): Promise<string[]> {
  await client.query("SAVEPOINT planning");
  try {
    const result = await once(client, `EXPLAIN (FORMAT JSON, VERBOSE, COSTS OFF) ${sql}`);
    return plansOf(result).flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan: plan }) => changed(plan)));
  } catch {
    // Not a statement that is planned, or a wrong one: running it will tell.
    return [];
  } finally {
    await client.query("ROLLBACK TO SAVEPOINT planning; RELEASE SAVEPOINT planning");
  }
}

function changed(plan: Plan): string[] {
  const below = (plan.Plans ?? []).flatMap(changed);
  return plan["Node Type"] === "ModifyTable" ? [`${plan.Schema}.${plan["Relation Name"]}`, ...below] : below;
}
