import { isJsonObject } from "./json.ts";

/** The value itself, with its objects and arrays frozen at every depth. Instances of classes stay as they are. */
export function freezeDeeply<Value>(value: Value): Value {
  freezeWithin(value, new WeakSet());
  return value;
}

function freezeWithin(value: unknown, seen: WeakSet<object>): void {
  if (!Array.isArray(value) && !isJsonObject(value)) return;
  if (seen.has(value)) return;
  seen.add(value);
  Object.freeze(value);
  for (const inner of Object.values(value)) freezeWithin(inner, seen);
}
