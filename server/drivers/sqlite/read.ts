import { realpathSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { isUuid } from "@/server/kernel/ids";
import { openForReading, recover } from "./fence";
import { databasePath, look, sidecarSuffixes, type Layout } from "./layout";
import { isNodeError, removeBlankLinks, removeUnpublished } from "./leftovers";
import { explain, foreign, isBusy, isRefusal, missing, needsRecovery } from "./sqlite-errors";

/** In the header of every database that Freehold makes: "FREE". */
export const applicationId = 0x46_52_45_45;

const attempts = 40;
const pauseMs = 25;

/** An open, fenced database that proved to be Freehold's; `tenant` is whose it says it is. */
export interface OpenDatabase {
  db: DatabaseSync;
  path: string;
  tenant: string;
  stampedAt: Date;
  schemaVersion: number;
}

/**
 * Opens a database for the time of `use`, which runs again when a writer holds the file.
 * Throws `precondition` when it is missing, is not Freehold's, is damaged or stays busy.
 */
export async function readDatabase<T>(
  layout: Layout,
  databaseName: string,
  use: (open: OpenDatabase) => T | Promise<T>,
): Promise<T> {
  const path = databasePath(layout, databaseName);
  let unrecovered = false;
  for (let attempt = 1; ; attempt++) {
    try {
      const recoverFirst = unrecovered;
      return await layout.handles.runExclusive(async () => {
        checkFile(layout, databaseName);
        if (recoverFirst) recover(path);
        return useOnce(path, use);
      });
    } catch (error) {
      unrecovered = needsRecovery(error);
      if (attempt === attempts || !(unrecovered || isBusy(error))) throw explain(error, path);
      if (!unrecovered) await delay(pauseMs);
    }
  }
}

/** SQLite follows links and creates what is missing, so it only gets to see what is a file of our own. */
export function checkFile(layout: Layout, databaseName: string): void {
  if (realpathSync.native(layout.root) !== layout.root) throw foreign();
  const path = databasePath(layout, databaseName);
  let found = look(path);
  if (!found) throw missing();
  // A creation that was interrupted after publishing leaves a second link, in the directory for unpublished files.
  if (found.isFile() && found.nlink > 1) {
    removeUnpublished(layout, databaseName);
    removeBlankLinks(layout, found.ino);
    found = look(path);
  }
  if (!isPlain(found) || !sidecarSuffixes.every((suffix) => isPlainOrNone(look(path + suffix)))) {
    throw foreign();
  }
}

const isPlain = (found: ReturnType<typeof look>) =>
  found !== undefined && found.isFile() && found.nlink === 1;

const isPlainOrNone = (found: ReturnType<typeof look>) => found === undefined || isPlain(found);

async function useOnce<T>(path: string, use: (open: OpenDatabase) => T | Promise<T>): Promise<T> {
  const db = openForReading(path);
  try {
    return await use(identify(db, path));
  } finally {
    db.close();
  }
}

export function identify(db: DatabaseSync, path: string): OpenDatabase {
  if (readInteger(db, "PRAGMA application_id") !== applicationId) throw foreign();
  const schemaVersion = readInteger(db, "PRAGMA user_version");
  const rows = readStamps(db);
  const { tenant_id: tenant, created_at: createdAt } = rows[0] ?? {};
  if (rows.length !== 1 || typeof tenant !== "string" || typeof createdAt !== "number") throw foreign();
  const stampedAt = new Date(createdAt);
  if (!isUuid(tenant) || Number.isNaN(stampedAt.getTime())) throw foreign();
  return { db, path, tenant, stampedAt, schemaVersion };
}

function readStamps(db: DatabaseSync) {
  try {
    return db.prepare("SELECT tenant_id, created_at FROM sys_stamp LIMIT 2").all();
  } catch (error) {
    // Node refuses integers that a number cannot hold.
    throw isRefusal(error) || isNodeError(error, "ERR_OUT_OF_RANGE") ? foreign(error) : error;
  }
}

/** The one number that a query gives. */
export function readInteger(db: DatabaseSync, sql: string, ...parameters: number[]): number {
  const row = db.prepare(sql).get(...parameters);
  const value = row === undefined ? undefined : Object.values(row)[0];
  if (typeof value !== "number") throw new Error(`No number came back from: ${sql}`);
  return value;
}
