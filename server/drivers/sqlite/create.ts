import { closeSync, fchmodSync, fsync, linkSync, openSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { failpoint } from "@/server/kernel/failpoint";
import { databasePath, look, type Layout } from "./layout";
import {
  isNodeError,
  removeStaleSidecars,
  removeUnpublished,
  unlinkIfThere,
  unpublishedPath,
} from "./leftovers";
import { readDatabase } from "./read";

// Only the syncs leave the thread, as they wait for the disk. The other calls take
// microseconds, less than the way to the thread pool and back.
const sync = promisify(fsync);

/**
 * Publishes a database under its name, whole and durable. One of the same tenant that
 * is already there stays as it is; another tenant's is a `conflict`.
 */
export async function createFile(
  layout: Layout,
  identity: DatabaseIdentity,
  makeBytes: () => Buffer,
): Promise<void> {
  const { databaseName } = identity;
  const published =
    !look(databasePath(layout, databaseName)) && (await publish(layout, databaseName, makeBytes()));
  if (!published) await requireOwn(layout, identity);
  removeUnpublished(layout, databaseName);
  failpoint("sqlite.create.cleaned");
  await layout.handles.runExclusive(() => syncDirectory(layout.root));
}

/** False when another creation of the same name was first. */
async function publish(layout: Layout, databaseName: string, bytes: Buffer): Promise<boolean> {
  const unpublished = unpublishedPath(layout, databaseName);
  const path = databasePath(layout, databaseName);
  try {
    await layout.handles.runExclusive(() => writeDurably(unpublished, bytes));
    failpoint("sqlite.create.synced");
    removeStaleSidecars(path);
    const published = linkUnlessThere(unpublished, path);
    failpoint("sqlite.create.linked");
    return published;
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

export async function syncDirectory(path: string): Promise<void> {
  const directory = openSync(path, "r");
  try {
    await sync(directory);
  } finally {
    closeSync(directory);
  }
}
