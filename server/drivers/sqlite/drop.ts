import type { Confirm, DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { databasePath, look, sidecarSuffixes, type Layout } from "./layout";
import { removeUnpublished, unlinkIfThere } from "./leftovers";
import { readDatabase } from "./read";
import { syncDirectory } from "./sync";

/**
 * Removes a database with its journals and unfinished copies. What cannot be shown to be
 * this tenant's stays: another tenant's is a `conflict`, an unreadable file a `precondition`.
 */
export async function dropFile(
  layout: Layout,
  { tenant, databaseName }: DatabaseIdentity,
  confirm?: Confirm,
): Promise<void> {
  const path = databasePath(layout, databaseName);
  const isThere = look(path) !== undefined;
  if (isThere) {
    const stamped = await readDatabase(layout, databaseName, (open) => open.tenant);
    if (stamped !== tenant)
      throw new DomainError("conflict", "The database belongs to another environment. It stays.");
  }
  await confirm?.();
  if (isThere) {
    unlinkIfThere(path);
    failpoint("sqlite.drop.database");
  }
  for (const suffix of sidecarSuffixes) {
    unlinkIfThere(path + suffix);
    failpoint(`sqlite.drop.${suffix.slice(1)}`);
  }
  removeUnpublished(layout, databaseName);
  failpoint("sqlite.drop.cleaned");
  await layout.handles.runExclusive(() => syncDirectory(layout.root));
}
