import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { singleton } from "@/server/kernel/singleton";
import type { ChangeFeed } from "./change-feed";

const mostEntries = 10_000;
/** How long a service may use an answer without asking again, if the change feed is silent. */
export const maxAgeSeconds = 60;

type Cache<T extends object> = LRUCache<string, Promise<T>>;

/**
 * Answers about tenants in the memory of this process. What changed is forgotten within half a
 * second; `keysOf` says under which keys a tenant's answers are.
 */
export function answerCache<T extends object>(
  name: string,
  feed: ChangeFeed,
  keysOf: (tenant: string) => string[],
): { get(key: string, make: () => Promise<T>): Promise<T> } {
  const cache = singleton(name, () => {
    const made: Cache<T> = new LRUCache({ max: mostEntries, ttl: maxAgeSeconds * 1000 });
    feed.subscribe((changes) => {
      if (changes === null) return made.clear();
      for (const { tenant } of changes) for (const key of keysOf(tenant)) made.delete(key);
    });
    return made;
  });
  return {
    async get(key, make) {
      const kept = feed.isFresh() ? cache.get(key) : undefined;
      const answering = kept ?? make();
      if (!kept) cache.set(key, answering);
      try {
        return await answering;
      } catch (error) {
        if (cache.get(key) === answering) cache.delete(key);
        throw error;
      }
    },
  };
}

export const etagOf = (body: string): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
