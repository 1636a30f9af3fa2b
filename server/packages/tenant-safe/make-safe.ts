import type { ClientBase } from "pg";
import { fenceTables, grantAccess } from "./access";
import { findUnsafe } from "./check";
import { indexNewest, leadIndexes, readIndexes } from "./indexes";
import { leadConstraints, readConstraints } from "./keys";
import { refusal, refuseUnsafe } from "./refuse";
import { readRelations, tenantTables, type Declared, type Relation } from "./relations";

/**
 * Makes everything that packages have in this database safe for many tenants, by comparing what
 * is there with what must be. To be called as the owner, in the transaction of the statements
 * that changed something; a second call changes nothing. Gives the statements that it ran.
 * Throws `invalid` with the tables and the reasons when that is impossible.
 */
export async function makeTenantSafe(client: ClientBase, declared: Declared): Promise<string[]> {
  const done: string[] = [];
  async function run(statements: readonly string[]): Promise<void> {
    for (const statement of statements) {
      await client.query(statement).catch((error: unknown) => {
        throw explain(statement, error);
      });
      done.push(statement);
    }
  }
  // With an empty path, the catalogs name everything by its schema.
  await client.query("SELECT set_config('search_path', 'pg_catalog', true)");
  const before = await readRelations(client, declared);
  await refuseUnsafe(client, before);
  await run(addTenant(before));
  await run(leadConstraints(await readConstraints(client, before)));
  await run(leadIndexes(await readIndexes(client, before)));
  await run(indexNewest(before, await readIndexes(client, before)));
  const after = await readRelations(client, declared);
  await run(fenceTables(after));
  await run(await grantAccess(client, after, declared));
  const findings = await findUnsafe(client, declared);
  if (findings.length > 0)
    throw refusal(findings.map(({ object, message }) => `${object}: ${message.replace(/\.$/, "")}`));
  return done;
}

/** Partitions get it from their parents. */
function addTenant(relations: readonly Relation[]): string[] {
  return tenantTables(relations)
    .filter(({ isPartition, hasTenant }) => !isPartition && !hasTenant)
    .map(({ path }) => `ALTER TABLE ${path} ADD COLUMN tenant_id uuid NOT NULL DEFAULT app.tenant()`);
}

const reasons: Record<string, string> = {
  "23502": "it holds rows that belong to no tenant: a package's own rows go into a reference table",
  "2BP01": "a view groups by the primary key alone: group by every column that it selects",
};

// What Postgres refuses for what a package has: it can do no such thing, or not with this table.
const isRefused = /^(?:0A|22|23|2B|42)/;

function explain(statement: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const code = String(error.code);
  const [, table = statement] = /^ALTER TABLE ((?:"(?:[^"]|"")*"|[^\s"])+)/.exec(statement) ?? [];
  const reason = reasons[code] ?? (isRefused.test(code) ? error.message : null);
  return reason === null ? error : refusal([`${table}: ${reason}`], error);
}
