import { freezeDeeply } from "./freeze-deeply.ts";
import { isJsonObject, type JsonObject } from "./json.ts";
import { mergeOptions } from "./merge-options.ts";
import type { SchemaIssue, StandardSchema } from "./standard-schema.ts";

/** A named set of options, as one service defines it. */
export interface OptionsDefinition<Value> {
  /** How the control plane knows it: `checkout`, `com.example.checkout`. */
  readonly name: string;
  readonly defaults: JsonObject;
  /** The defaults with nothing over them, as the schema gives them, frozen. */
  readonly defaultValue: Value;
  /** The overlay over the defaults, as the schema gives it, frozen; or why the schema does not take it. */
  read(overlay: JsonObject): { value: Value } | { mistakes: readonly OptionsMistake[] };
}

/** Where a value is not what the schema asks for. Holds no value. */
export interface OptionsMistake {
  /** The keys that lead there, joined by dots; "" for the whole. */
  path: string;
  message: string;
}

const nameShape = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const longestName = 100;

/**
 * Defines a set of options: its name, a schema of any Standard Schema library that validates
 * without waiting, and defaults as JSON. Throws TypeError at once for a name that cannot be one,
 * for defaults that are no JSON object, and for defaults that the schema does not take.
 */
export function defineOptions<Value>(
  name: string,
  schema: StandardSchema<Value>,
  defaults: JsonObject,
): OptionsDefinition<Value> {
  if (name.length > longestName || !nameShape.test(name))
    throw new TypeError(
      `${name.slice(0, longestName)} cannot name options: use lower-case letters and digits, joined by single dots or dashes.`,
    );
  if (!isJsonObject(defaults)) throw new TypeError(`The defaults of the options ${name} are no JSON object.`);
  const kept = freezeDeeply(structuredClone(defaults));
  const read: OptionsDefinition<Value>["read"] = (overlay) => {
    const result = schema["~standard"].validate(mergeOptions(kept, overlay));
    if (result instanceof Promise) {
      // Nobody waits for it, and nobody may hear of it as an unhandled rejection.
      result.catch(() => undefined);
      throw new TypeError(`The schema of the options ${name} does not validate at once.`);
    }
    if (result.issues) return { mistakes: result.issues.map(mistakeOf) };
    return { value: freezeDeeply(result.value) };
  };
  const first = read({});
  if ("mistakes" in first) {
    const [mistake] = first.mistakes;
    throw new TypeError(
      `The defaults of the options ${name} do not fit their schema. ${mistake?.path ?? ""}: ${mistake?.message ?? ""}`,
    );
  }
  return { name, defaults: kept, defaultValue: first.value, read };
}

function mistakeOf({ path = [], message }: SchemaIssue): OptionsMistake {
  const keys = path.map((part) => String(typeof part === "object" ? part.key : part));
  return { path: keys.join("."), message };
}
