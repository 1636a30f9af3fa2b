import { isJsonObject, type Json, type JsonObject } from "@/sdk/options/json";

interface Described {
  key: string;
  label: string;
  description: string | null;
  /** What stands when nothing is laid over it; undefined: there is nothing. */
  byDefault: Json | undefined;
}

/** One option that a form can hold. */
export type FlatField = Described &
  (
    | { kind: "text"; minLength: number; maxLength: number }
    | { kind: "number"; isWhole: boolean; least: number; most: number }
    | { kind: "switch" }
    | { kind: "choice"; choices: readonly string[] }
  );

const textAt = (schema: JsonObject, key: string) => (typeof schema[key] === "string" ? schema[key] : null);
const numberAt = (schema: JsonObject, key: string, otherwise: number) =>
  typeof schema[key] === "number" ? schema[key] : otherwise;

/** The fields of a JSON Schema whose options are all texts, numbers, switches and choices; null for any other. */
export function flatFields(schema: JsonObject | null, defaults: JsonObject): FlatField[] | null {
  const properties = schema?.["properties"];
  if (schema?.["type"] !== "object" || !isJsonObject(properties)) return null;
  const fields = Object.entries(properties).map(([key, property]) => fieldOf(key, property, defaults));
  const known = fields.filter((field) => field !== null);
  return known.length > 0 && known.length === fields.length ? known : null;
}

function fieldOf(key: string, property: Json, defaults: JsonObject): FlatField | null {
  if (!isJsonObject(property)) return null;
  const described: Described = {
    key,
    label: textAt(property, "title") ?? key,
    description: textAt(property, "description"),
    byDefault: Object.hasOwn(defaults, key) ? defaults[key] : undefined,
  };
  const choices = property["enum"];
  if (Array.isArray(choices)) {
    const texts = choices.filter((choice) => typeof choice === "string");
    return texts.length === choices.length ? { ...described, kind: "choice", choices: texts } : null;
  }
  switch (property["type"]) {
    case "boolean":
      return { ...described, kind: "switch" };
    case "string":
      return {
        ...described,
        kind: "text",
        minLength: numberAt(property, "minLength", 0),
        maxLength: numberAt(property, "maxLength", Infinity),
      };
    case "integer":
    case "number":
      return {
        ...described,
        kind: "number",
        isWhole: property["type"] === "integer",
        least: numberAt(property, "minimum", -Infinity),
        most: numberAt(property, "maximum", Infinity),
      };
    default:
      return null;
  }
}

/** What is wrong with the value of a field, as a sentence; null when nothing is. */
export function fieldMistake(field: FlatField, value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  switch (field.kind) {
    case "switch":
      return typeof value === "boolean" ? null : "It is on or off.";
    case "choice":
      return typeof value === "string" && field.choices.includes(value)
        ? null
        : `Choose one of ${field.choices.join(", ")}.`;
    case "text":
      return textMistake(field, value);
    case "number":
      return numberMistake(field, value);
  }
}

function textMistake({ minLength, maxLength }: FlatField & { kind: "text" }, value: Json): string | null {
  if (typeof value !== "string") return "Give a text.";
  if (value.length < minLength) return `Give at least ${minLength} characters.`;
  return value.length > maxLength ? `Give at most ${maxLength} characters.` : null;
}

function numberMistake(field: FlatField & { kind: "number" }, value: Json): string | null {
  if (typeof value !== "number") return "Give a number.";
  if (field.isWhole && !Number.isInteger(value)) return "Give a whole number.";
  if (value < field.least) return `Give at least ${field.least}.`;
  return value > field.most ? `Give at most ${field.most}.` : null;
}

/** A number as it was typed, once it is one; the text until then, so that typing is never in the way. */
export function typedNumber(text: string): Json {
  const number = Number(text);
  return text.trim() !== "" && String(number) === text.trim() && Number.isFinite(number) ? number : text;
}

/** The same when typing has ended: `1.50` is a number too. */
export function settledNumber(value: Json): Json {
  if (typeof value !== "string" || value.trim() === "") return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}
