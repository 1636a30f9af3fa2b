import type { Client, InStatement } from "@libsql/client/web";
import type { Confirm, DatabaseIdentity, Endpoint } from "@/server/drivers/driver";
import type { Migration } from "@/server/drivers/sqlite/migrations";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { ownTokenSeconds, standing, type Turso } from "./enter";
import { tursoName } from "./names";
import { isAnswer, refusalOf, unanswered, urlOf, withDatabase } from "./open";
import { isBlank, readStamp } from "./read";
import { suspended } from "./turso-errors";
import { waitFor } from "./wait";

/**
 * Creates the database, or takes up the one that is there, and fills it in one transaction. Another
 * tenant's is a `conflict`.
 */
export async function createDatabase(
  turso: Turso,
  identity: DatabaseIdentity,
  migrations: readonly Migration[],
  confirm?: Confirm,
): Promise<Endpoint> {
  const { platform, patience } = turso;
  const name = tursoName(identity.databaseName);
  await confirm?.();
  await platform.create(name);
  // Other hosts of the API may hear of it later than the one that made it.
  const found = await waitFor(patience, "the new database", () => platform.find(name));
  if (found.block_reads) throw suspended();
  const { hostname } = found;
  const token = await waitFor(patience, "the new database", () =>
    platform.mint(name, "full-access", ownTokenSeconds),
  );
  await standing(turso, { hostname, token }, ["open"]);
  await withDatabase(turso, { hostname, token }, (client) => fill(client, identity, migrations));
  turso.hostnames.set(identity.databaseName, hostname);
  return { url: urlOf(turso, hostname) };
}

async function fill(
  client: Client,
  { tenant }: DatabaseIdentity,
  migrations: readonly Migration[],
): Promise<void> {
  const found = await stampedFor(client);
  const stamped = found ?? (await apply(client, tenant, migrations));
  if (stamped !== tenant)
    throw new DomainError("conflict", "This name already belongs to another environment's database.");
}

/** Null when it is blank. */
async function stampedFor(client: Client): Promise<string | null> {
  try {
    return (await isBlank(client)) ? null : (await readStamp(client)).tenant;
  } catch (error) {
    throw isDomainError(error) ? error : unanswered(error);
  }
}

/** All or nothing. When another creation was first, its stamp counts. */
async function apply(client: Client, tenant: string, migrations: readonly Migration[]): Promise<string> {
  try {
    await client.batch(statementsFor(tenant, migrations), "write");
    return tenant;
  } catch (error) {
    if (!isAnswer(error) || refusalOf(error)) throw unanswered(error);
    const stamped = await stampedFor(client);
    if (stamped === null) throw error;
    return stamped;
  }
}

function statementsFor(tenant: string, migrations: readonly Migration[]): InStatement[] {
  const at = Date.now();
  const schema = migrations.flatMap(({ sql }) => sql.split("--> statement-breakpoint"));
  const records = migrations.map(({ file, checksum }, index) => ({
    sql: "INSERT INTO sys_migration (id, package, version, file, checksum, applied_at) VALUES (?, 'freehold.system', ?, ?, ?, ?)",
    args: [newId(), String(index + 1), file, checksum, at],
  }));
  const stamp = {
    sql: "INSERT INTO sys_stamp (id, tenant_id, created_at) VALUES (1, ?, ?)",
    args: [tenant, at],
  };
  return [...schema.filter((sql) => sql.trim() !== ""), ...records, stamp];
}
