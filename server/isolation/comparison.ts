/** Strings, quoted names, brackets, and everything else between blanks, as Postgres writes an expression. */
const token = /E?'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]|[^\s()'"]+/g;

type Part = string | Part[];

/**
 * Whether a condition, as `pg_get_expr` writes it, lets through only rows whose column is compared with
 * something else. Functions of one's own and EXISTS that get the column are taken at their word.
 */
export function comparesColumn(text: string, column: string): boolean {
  const tokens = text.match(token) ?? [];
  return holds(nest(tokens.values()), column);
}

/** Whether it names the column at all. */
export const namesColumn = (text: string, column: string): boolean =>
  mentions([...nest((text.match(token) ?? []).values())], column);

function nest(tokens: Iterator<string>): Part[] {
  const parts: Part[] = [];
  for (let next = tokens.next(); !next.done; next = tokens.next()) {
    if (next.value === ")") return parts;
    parts.push(next.value === "(" ? nest(tokens) : next.value);
  }
  return parts;
}

function holds(parts: Part[], column: string): boolean {
  const [first] = parts;
  if (parts.length === 1 && Array.isArray(first)) return holds(first, column);
  if (first === "CASE") return false;
  const choices = split(parts, "OR");
  if (choices.length > 1) return choices.every((one) => holds(one, column));
  const conditions = split(parts, "AND");
  if (conditions.length > 1) return conditions.some((one) => holds(one, column));
  return mentions(parts, column) && isComparison(parts, column);
}

function isComparison(parts: Part[], column: string): boolean {
  const [first, inner] = parts;
  if (first === "EXISTS") return true;
  if (first === "NOT" && Array.isArray(inner)) {
    // What is written NOT DISTINCT FROM comes back as this.
    const at = inner.indexOf("DISTINCT");
    return at > 0 && inner[at + 1] === "FROM" && differ(inner.slice(0, at - 1), inner.slice(at + 2), column);
  }
  const at = parts.findIndex((part) => part === "=" || part === "IN");
  if (at < 0) return typeof first === "string" && first.includes(".") && Array.isArray(parts.at(-1));
  return differ(parts.slice(0, at), parts.slice(at + 1), column);
}

/** Exactly one side is about the row; what a sub-select has under the same name is another's. */
const differ = (left: Part[], right: Part[], column: string) =>
  mentions(withoutSelects(left), column) !== mentions(withoutSelects(right), column);

function withoutSelects(parts: Part[]): Part[] {
  return parts
    .filter((part) => part[0] !== "SELECT")
    .map((part) => (Array.isArray(part) ? withoutSelects(part) : part));
}

function mentions(parts: Part[], column: string): boolean {
  return parts.some((part) => {
    if (Array.isArray(part)) return mentions(part, column);
    const [name] = part.split("::");
    return name === column || part === column || name?.endsWith(`.${column}`) === true;
  });
}

function split(parts: Part[], word: "AND" | "OR"): Part[][] {
  const pieces: Part[][] = [[]];
  for (const part of parts) {
    if (part === word) pieces.push([]);
    else pieces.at(-1)?.push(part);
  }
  return pieces;
}
