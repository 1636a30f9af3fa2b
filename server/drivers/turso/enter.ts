import type { Client } from "@libsql/client/web";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { isDomainError } from "@/server/kernel/errors";
import type { Secret } from "@/server/kernel/secret";
import { isNamedAfter, tursoName } from "./names";
import { refusalOf, standingOf, unanswered, withDatabase, type DataPath, type Standing } from "./open";
import type { Authorization, Platform } from "./platform";
import { readStamp, type Stamp } from "./read";
import { anothers, missing, suspended } from "./turso-errors";
import { waitFor } from "./wait";

export interface Turso extends DataPath {
  platform: Platform;
  /** Host names by the name of the database. They stay the same as long as the name is. */
  hostnames: Map<string, string>;
}

/** How long Freehold's own tokens are good. Each is for one look. */
export const ownTokenSeconds = 600;

/** Waits until the database answers in one of these ways, which is when Turso has told its own hosts. */
export function standing(
  turso: Turso,
  login: { hostname: string; token: Secret },
  wanted: readonly Standing[],
): Promise<Standing> {
  return waitFor(turso.patience, `the database as ${wanted.join(" or ")}`, async () => {
    const found = await standingOf(turso, login);
    return wanted.includes(found) ? found : null;
  });
}

/** Opens this tenant's database for reading. Throws `precondition` when it is missing, suspended or not its own. */
export async function read<T>(
  turso: Turso,
  identity: DatabaseIdentity,
  use: (client: Client, stamp: Stamp) => Promise<T>,
): Promise<T> {
  return enterOwn(turso, identity, "read-only", use);
}

/** The same for writing. */
export async function write<T>(
  turso: Turso,
  identity: DatabaseIdentity,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  return enterOwn(turso, identity, "full-access", use);
}

async function enterOwn<T>(
  turso: Turso,
  { databaseName, tenant }: DatabaseIdentity,
  authorization: Authorization,
  use: (client: Client, stamp: Stamp) => Promise<T>,
): Promise<T> {
  return enterAs(turso, databaseName, authorization, async (client) => {
    const stamp = await readStamp(client);
    if (stamp.tenant !== tenant) throw anothers();
    return use(client, stamp);
  });
}

/** For reading, whoever's it is. */
export async function enter<T>(
  turso: Turso,
  databaseName: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  return enterAs(turso, databaseName, "read-only", use);
}

async function enterAs<T>(
  turso: Turso,
  databaseName: string,
  authorization: Authorization,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const name = tursoName(databaseName);
  const found = await turso.platform.find(name);
  if (!found) throw missing();
  if (found.block_reads) throw suspended();
  const { hostname } = found;
  turso.hostnames.set(databaseName, hostname);
  const token = await turso.platform.mint(name, authorization, ownTokenSeconds);
  if (!token) throw missing();
  // After a rotation it takes a moment until new tokens are good.
  await standing(turso, { hostname, token }, ["open"]);
  try {
    return await withDatabase(turso, { hostname, token }, use);
  } catch (error) {
    if (isDomainError(error)) throw error;
    throw refusalOf(error) === "blocked" ? suspended() : unanswered(error);
  }
}

/**
 * Fine when the database is this tenant's. Its name says that, being made of the tenant's id; only
 * where it is not, the stamp does, which a tenant with full access could change.
 */
export async function requireOwn(turso: Turso, identity: DatabaseIdentity): Promise<void> {
  if (isNamedAfter(identity)) return;
  await read(turso, identity, async () => {});
}
