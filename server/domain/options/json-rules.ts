import { isJsonObject, type Json, type JsonObject } from "@/sdk/options/json";
import { optionsLimits } from "./names";
import { isSecretKey, isSecretText } from "./secret-rules";

export interface Mistake {
  /** The keys that lead there, joined by dots; "" for the whole. */
  path: string;
  message: string;
}

const refusedKeys = new Set(["__proto__", "constructor", "prototype"]);
const elsewhere = "Options are readable by everybody in the environment. Keep secrets in a secret store.";

interface Place {
  path: string;
  /** The nearest key above. */
  key: string;
  depth: number;
}

/** The first thing for which a value cannot be kept as options; null when it can. */
export function optionsMistake(value: unknown): Mistake | null {
  if (!isJsonObject(value)) return { path: "", message: "Options are a JSON object." };
  const mistake = mistakeAt(value, { path: "", key: "", depth: 1 });
  if (mistake) return mistake;
  const tooLarge = Buffer.byteLength(JSON.stringify(value)) > optionsLimits.bytes;
  return tooLarge ? { path: "", message: "Options have at most 64 KB as JSON." } : null;
}

function mistakeAt(value: unknown, at: Place): Mistake | null {
  if (typeof value === "string") return textMistake(value, at);
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return null;
  if (!Array.isArray(value) && !isJsonObject(value)) return { path: at.path, message: "This is not JSON." };
  if (at.depth > optionsLimits.depth)
    return { path: at.path, message: `Options are nested at most ${optionsLimits.depth} deep.` };
  const isList = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) {
    const path = at.path === "" ? key : `${at.path}.${key}`;
    const within = { path, key: isList ? at.key : key, depth: at.depth + 1 };
    const mistake = (isList ? null : keyMistake(key, path)) ?? mistakeAt(inner, within);
    if (mistake) return mistake;
  }
  return null;
}

function keyMistake(key: string, path: string): Mistake | null {
  if (refusedKeys.has(key)) return { path, message: `No option can be called ${key}.` };
  if (key === "" || key.length > optionsLimits.keyLength)
    return {
      path: path.slice(0, 100),
      message: `The key of an option has 1 to ${optionsLimits.keyLength} characters.`,
    };
  return null;
}

function textMistake(text: string, { path, key }: Place): Mistake | null {
  if (text !== "" && isSecretKey(key)) return { path, message: `${key} looks like a secret. ${elsewhere}` };
  if (isSecretText(text)) return { path, message: `What ${key} holds looks like a secret. ${elsewhere}` };
  return null;
}

/** The same without the keys that are null: in an overlay they say that the default stands. */
export function withoutNulls(overlay: JsonObject): JsonObject {
  const kept = Object.entries(overlay).flatMap(([key, value]): [string, Json][] => {
    if (value === null) return [];
    return [[key, isJsonObject(value) ? withoutNulls(value) : value]];
  });
  return Object.fromEntries(kept);
}
