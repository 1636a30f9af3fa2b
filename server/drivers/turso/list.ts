import type { ListedDatabase } from "@/server/drivers/driver";
import { isDomainError } from "@/server/kernel/errors";
import type { Secret } from "@/server/kernel/secret";
import type { Turso } from "./enter";
import { bornAt, databaseNameOf, tenantOf } from "./names";
import { refusalOf, unanswered, withDatabase } from "./open";
import type { Found } from "./platform";
import { isBlank, readStamp } from "./read";

const atOnce = 8;
const tokenSeconds = 3_600;

/**
 * Every database of the group. Two requests for each: Turso tells neither stamps nor sizes in its
 * list. Turso says nothing of times either: `modifiedAt` is the stamp's, or that of the tenant's id, or 1970.
 */
export async function* listDatabases(turso: Turso): AsyncGenerator<ListedDatabase> {
  const token = await turso.platform.mintForGroup(tokenSeconds);
  let waiting: Found[] = [];
  for await (const found of turso.platform.list()) {
    waiting.push(found);
    if (waiting.length < atOnce) continue;
    yield* await identifyAll(turso, token, waiting);
    waiting = [];
  }
  yield* await identifyAll(turso, token, waiting);
}

async function identifyAll(turso: Turso, token: Secret, found: readonly Found[]): Promise<ListedDatabase[]> {
  const listed = await Promise.all(found.map((one) => identify(turso, token, one)));
  return listed.filter((one) => one !== null);
}

/** Null when it has gone in the meantime. */
async function identify(turso: Turso, token: Secret, found: Found): Promise<ListedDatabase | null> {
  const databaseName = databaseNameOf(found.name);
  const sizeBytes = await turso.platform.sizeBytes(found.name);
  if (sizeBytes === null) return null;
  const unknown = { sizeBytes, tenant: null, modifiedAt: new Date(0), isLeftover: true };
  if (databaseName === null)
    return { ...unknown, databaseName: found.name, problem: "Freehold did not make this database." };
  unknown.modifiedAt = bornAt(databaseName);
  // Nobody reads the stamp now. The name says the same.
  if (found.block_reads)
    return { ...unknown, databaseName, tenant: tenantOf(databaseName), isLeftover: false, problem: null };
  try {
    return await withDatabase(turso, { hostname: found.hostname, token }, async (client) => {
      if (await isBlank(client)) return { ...unknown, databaseName, problem: "Its creation did not finish." };
      const { tenant, stampedAt } = await readStamp(client);
      return { databaseName, tenant, sizeBytes, modifiedAt: stampedAt, isLeftover: false, problem: null };
    });
  } catch (error) {
    if (isDomainError(error)) return { ...unknown, databaseName, isLeftover: false, problem: error.message };
    if (refusalOf(error) === "absent") return null;
    throw unanswered(error);
  }
}
