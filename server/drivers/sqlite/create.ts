import { closeSync, fchmodSync, linkSync, openSync, writeFileSync } from "node:fs";
import type { Confirm, DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { claimBlank, type Blanks } from "./blanks";
import { databasePath, look, type Layout } from "./layout";
import {
  isNodeError,
  removeStaleSidecars,
  removeUnpublished,
  unlinkIfThere,
  unpublishedPath,
} from "./leftovers";
import { readDatabase } from "./read";
import { sync, syncDirectory } from "./sync";

/**
 * Publishes a database under its name, whole and durable. One of the same tenant that
 * is already there stays as it is; another tenant's is a `conflict`. Gives the bytes of a new one.
 */
export async function createFile(
  layout: Layout,
  identity: DatabaseIdentity,
  { makeBytes, blanks, confirm }: { makeBytes: () => Buffer; blanks: Blanks; confirm?: Confirm | undefined },
): Promise<Buffer | null> {
  const { databaseName } = identity;
  const published = look(databasePath(layout, databaseName))
    ? null
    : await publish(layout, databaseName, { bytes: makeBytes(), blanks, confirm });
  if (!published) await requireOwn(layout, identity);
  removeUnpublished(layout, databaseName);
  failpoint("sqlite.create.cleaned");
  await layout.handles.runExclusive(() => syncDirectory(layout.root));
  return published;
}

interface Source {
  bytes: Buffer;
  /** What the bytes may be written over. */
  blanks: Blanks;
  confirm: Confirm | undefined;
}

/** Null when another creation of the same name was first. */
async function publish(layout: Layout, databaseName: string, { bytes, blanks, confirm }: Source) {
  const unpublished = unpublishedPath(layout, databaseName);
  const path = databasePath(layout, databaseName);
  try {
    const blank = await blanks.fill(bytes);
    if (!blank || !claimBlank(blank, unpublished))
      await layout.handles.runExclusive(() => writeDurably(unpublished, bytes));
    failpoint("sqlite.create.synced");
    await confirm?.();
    removeStaleSidecars(path);
    const published = linkUnlessThere(unpublished, path);
    failpoint("sqlite.create.linked");
    return published ? bytes : null;
  } catch (error) {
    unlinkIfThere(unpublished);
    throw error;
  }
}

/** Unlike a rename, this never replaces what is there. */
function linkUnlessThere(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    // ENOENT: the creation that was first has already removed this one's file.
    if (isNodeError(error, "EEXIST") || isNodeError(error, "ENOENT")) return false;
    throw error;
  }
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = openSync(path, "wx", 0o600);
  try {
    fchmodSync(file, 0o600);
    writeFileSync(file, bytes);
    failpoint("sqlite.create.written");
    await sync(file);
  } finally {
    closeSync(file);
  }
}

async function requireOwn(layout: Layout, { tenant, databaseName }: DatabaseIdentity): Promise<void> {
  const stamped = await readDatabase(layout, databaseName, (open) => open.tenant);
  if (stamped === tenant) return;
  throw new DomainError("conflict", "This name already belongs to another environment's database.");
}
