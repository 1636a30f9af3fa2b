import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { LRUCache } from "lru-cache";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { databasePath, look, sidecarSuffixes, type Layout } from "./layout";
import { checkFile } from "./read";

/** The bytes of the databases that this process has just published. */
export interface Published {
  add(identity: DatabaseIdentity, bytes: Buffer): void;
  /**
   * True when the file still has exactly these bytes and nothing beside it: then it is what the
   * template was proven to be. Says so once; false means that nothing is known.
   */
  isStill(identity: DatabaseIdentity): boolean;
}

const most = 32;
// Soon after, somebody may have the file open, whose locks would go when this process closes it.
const freshMs = 5_000;

export function rememberPublished(layout: Layout): Published {
  const kept = new LRUCache<string, { tenant: string; bytes: Buffer }>({ max: most, ttl: freshMs });
  return {
    add: ({ tenant, databaseName }, bytes) => void kept.set(databaseName, { tenant, bytes }),
    isStill({ tenant, databaseName }) {
      const known = kept.get(databaseName);
      kept.delete(databaseName);
      if (known?.tenant !== tenant) return false;
      try {
        return hasBytes(layout, databaseName, known.bytes);
      } catch {
        // Opening it the long way says what is wrong.
        return false;
      }
    },
  };
}

function hasBytes(layout: Layout, databaseName: string, bytes: Buffer): boolean {
  checkFile(layout, databaseName);
  const path = databasePath(layout, databaseName);
  if (sidecarSuffixes.some((suffix) => look(path + suffix))) return false;
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return readFileSync(file).equals(bytes);
  } finally {
    closeSync(file);
  }
}
