import { malformed } from "@/server/data-server/request-error";

export type Fields = Record<string, unknown>;

const asFields = (value: object) => value as Fields;

/** The fields of what must be an object; `what` names it in the refusal. */
export function readFields(value: unknown, what: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return asFields(value);
  throw malformed(`${what} must be an object.`);
}

export function readText(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw malformed(`${what} must be a text.`);
}

/** A list that may be left out. */
export function readList(value: unknown, what: string): unknown[] {
  if (value == null) return [];
  if (Array.isArray(value)) return value;
  throw malformed(`${what} must be a list.`);
}

export function readIndex(value: unknown, what: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32)
    return value;
  throw malformed(`${what} must be a whole number.`);
}
