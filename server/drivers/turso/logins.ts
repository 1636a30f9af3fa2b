import type { DatabaseIdentity, Login, LoginRequest } from "@/server/drivers/driver";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import type { Secret } from "@/server/kernel/secret";
import { ownTokenSeconds, requireOwn, standing, type Turso } from "./enter";
import { tursoName } from "./names";
import { refusalOf, unanswered, withDatabase } from "./open";
import { readStamp } from "./read";
import { anothers, missing, suspended } from "./turso-errors";

/** The longest that a token is good when nobody said how long. */
const longestSeconds = 30 * 24 * 3_600;

/**
 * A token of the platform API. It always ends: at `expiresAt`, or in 30 days where that is null.
 * `readonly` is Turso's read-only; `readwrite` and `admin` are both its full access, which may
 * change the schema and the tables that Freehold keeps. Comes back when the database takes it.
 */
export async function mintSecret(
  turso: Turso,
  identity: DatabaseIdentity,
  { scope, expiresAt }: LoginRequest,
): Promise<Secret> {
  const seconds = expiresAt ? Math.floor((expiresAt.getTime() - Date.now()) / 1_000) : longestSeconds;
  if (seconds < 1) throw new DomainError("precondition", "This credential would have expired already.");
  await requireOwn(turso, identity);
  const hostname = await hostnameOf(turso, identity);
  const authorization = scope === "readonly" ? "read-only" : "full-access";
  const token = await turso.platform.mint(tursoName(identity.databaseName), authorization, seconds);
  if (!token) throw missing();
  await standing(turso, { hostname, token }, ["open", "blocked"]);
  return token;
}

/** Throws `precondition` when the database does not take the login, and a plain error when it does not answer. */
export async function verifyLogin(
  turso: Turso,
  identity: DatabaseIdentity,
  { secret: token }: Login,
): Promise<void> {
  const hostname = await hostnameOf(turso, identity);
  try {
    const { tenant } = await withDatabase(turso, { hostname, token }, readStamp);
    if (tenant !== identity.tenant) throw anothers();
  } catch (error) {
    if (isDomainError(error)) throw error;
    const standsFor = refusalOf(error);
    if (standsFor === null) throw unanswered(error);
    if (standsFor === "blocked") throw suspended();
    throw new DomainError("precondition", "The database does not take this login.", { cause: error });
  }
}

/** Ends every token of the database, as Turso can end no single one, and waits until that holds. */
export async function endLogins(turso: Turso, identity: DatabaseIdentity): Promise<void> {
  const probe = await openProbe(turso, identity);
  if (!probe || !(await turso.platform.rotate(tursoName(identity.databaseName)))) return;
  await standing(turso, probe, ["refused", "blocked"]);
}

/** Blocks reading and writing for everybody, and waits until that holds. */
export async function suspendDatabase(turso: Turso, identity: DatabaseIdentity): Promise<void> {
  const probe = await openProbe(turso, identity);
  if (!probe || !(await turso.platform.block(tursoName(identity.databaseName), true))) throw missing();
  await standing(turso, probe, ["blocked", "refused"]);
}

export async function resumeDatabase(turso: Turso, identity: DatabaseIdentity): Promise<void> {
  const probe = await openProbe(turso, identity);
  if (!probe || !(await turso.platform.block(tursoName(identity.databaseName), false))) throw missing();
  await standing(turso, probe, ["open"]);
}

/** A token of our own that the database knows, to see by what becomes of it when a change has arrived. Null when there is no database. */
async function openProbe(
  turso: Turso,
  identity: DatabaseIdentity,
): Promise<{ hostname: string; token: Secret } | null> {
  const name = tursoName(identity.databaseName);
  const found = await turso.platform.find(name);
  if (!found) return null;
  await requireOwn(turso, identity);
  const token = await turso.platform.mint(name, "read-only", ownTokenSeconds);
  if (!token) return null;
  const probe = { hostname: found.hostname, token };
  await standing(turso, probe, ["open", "blocked"]);
  return probe;
}

async function hostnameOf(turso: Turso, { databaseName }: DatabaseIdentity): Promise<string> {
  const known = turso.hostnames.get(databaseName);
  if (known !== undefined) return known;
  const found = await turso.platform.find(tursoName(databaseName));
  if (!found) throw missing();
  turso.hostnames.set(databaseName, found.hostname);
  return found.hostname;
}
