import type { Confirm, DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { enter, type Turso } from "./enter";
import { isNamedAfter, tursoName } from "./names";
import { readStamp } from "./read";
import { waitFor } from "./wait";

/**
 * Removes the database and waits until it is gone everywhere. One that bears this tenant's name
 * goes whatever is in it, a half-made one too; any other only when its stamp is this tenant's.
 */
export async function dropDatabase(
  turso: Turso,
  identity: DatabaseIdentity,
  confirm?: Confirm,
): Promise<void> {
  const { platform, patience, hostnames } = turso;
  const name = tursoName(identity.databaseName);
  if (!(await platform.find(name))) return;
  if (!isNamedAfter(identity)) await requireStamp(turso, identity);
  await confirm?.();
  await platform.remove(name);
  await waitFor(patience, "that the database is gone", async () =>
    (await platform.find(name)) ? null : true,
  );
  hostnames.delete(identity.databaseName);
}

async function requireStamp(turso: Turso, { tenant, databaseName }: DatabaseIdentity): Promise<void> {
  const stamp = await enter(turso, databaseName, readStamp);
  if (stamp.tenant !== tenant)
    throw new DomainError("conflict", "The database belongs to another environment. It stays.");
}
