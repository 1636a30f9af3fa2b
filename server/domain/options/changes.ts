import { isJsonObject, type Json, type JsonObject } from "@/sdk/options/json";

/** One option of an overlay that came, went or became another. */
export interface OptionsChange {
  path: string;
  /** As JSON, cut after 200 characters; null: it was not there. */
  from: string | null;
  to: string | null;
}

const mostChanges = 100;
const longestText = 200;

/** What is different between two overlays, option by option. Arrays are compared as a whole. */
export function changesBetween(before: JsonObject, after: JsonObject): OptionsChange[] {
  return differences(before, after, "").slice(0, mostChanges);
}

function differences(before: JsonObject, after: JsonObject, above: string): OptionsChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return keys.flatMap((key) => {
    const path = above === "" ? key : `${above}.${key}`;
    const [from, to] = [valueAt(before, key), valueAt(after, key)];
    if (isBranch(from, to)) return differences(asBranch(from), asBranch(to), path);
    const change = { path, from: textOf(from), to: textOf(to) };
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [change];
  });
}

/** Both are objects, or one is that has options and the other is not there. */
function isBranch(from: Json | undefined, to: Json | undefined): boolean {
  const isOne = (value: Json | undefined) => value === undefined || isJsonObject(value);
  const isFilled = (value: Json | undefined) => isJsonObject(value) && Object.keys(value).length > 0;
  if (!isOne(from) || !isOne(to)) return false;
  return (from !== undefined && to !== undefined) || isFilled(from) || isFilled(to);
}

const asBranch = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

const valueAt = (value: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(value, key) ? value[key] : undefined;

function textOf(value: Json | undefined): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > longestText ? `${text.slice(0, longestText - 1).toWellFormed()}…` : text;
}
