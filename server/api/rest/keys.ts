import { DomainError } from "@/server/kernel/errors";

/** Maps that belong to someone else: their keys are data. */
const freeForm = new Set(["metadata", "detail", "labels", "value", "effective", "schema", "defaults"]);
const deepest = 20;
const snakeCase = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

export function toSnake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toCamel(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What goes out: every key in snake_case, dates as ISO strings, values and free-form maps as they are. */
export function withSnakeKeys(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withSnakeKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      toSnake(key),
      freeForm.has(key) ? inner : withSnakeKeys(inner),
    ]),
  );
}

/** What comes in: snake_case becomes the spelling of the procedures. Any other spelling is an unknown field. */
export function withCamelKeys(value: unknown, depth = 0): unknown {
  if (depth > deepest) throw new DomainError("invalid", "The body is nested too deeply.");
  if (Array.isArray(value)) return value.map((inner) => withCamelKeys(inner, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (!snakeCase.test(key)) throw unknownField(key);
      return [toCamel(key), freeForm.has(key) ? inner : withCamelKeys(inner, depth + 1)];
    }),
  );
}

export function unknownField(key: string): DomainError {
  const shown = key.slice(0, 100);
  return new DomainError("invalid", `Unknown field: ${shown}.`, { field: shown });
}
