import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** Written as a key of its own, it would be taken for the prototype by whoever copies the value carelessly. */
const refusedKey = "__proto__";

/**
 * The defaults with a tenant's overlay laid over them, as a new value. Objects are merged key by
 * key, at every depth. Anything else replaces what was there, arrays as a whole. A `null` in the
 * overlay takes its own key away again: the default stands. Neither argument is changed.
 */
export function mergeOptions(defaults: JsonObject, overlay: JsonObject): JsonObject {
  const merged = new Map<string, Json>(Object.entries(defaults));
  for (const [key, over] of Object.entries(overlay)) {
    if (key === refusedKey || over === null) continue;
    const under = merged.get(key);
    merged.set(key, isJsonObject(over) ? mergeOptions(isJsonObject(under) ? under : {}, over) : over);
  }
  merged.delete(refusedKey);
  return Object.fromEntries(merged);
}
