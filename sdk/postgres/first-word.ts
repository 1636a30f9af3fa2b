// What stands in front of a statement and says nothing: blanks, empty statements, comments.
const silent = /^(?:[\s;]+|--[^\n\r]*)/;

/** A statement from its first word on. */
export function fromFirstWord(sql: string): string {
  let rest = sql;
  for (;;) {
    const [skipped = ""] = silent.exec(rest) ?? [];
    const length = skipped.length || commentLength(rest);
    if (length === 0) return rest;
    rest = rest.slice(length);
  }
}

/** Comments of this kind hold others. */
function commentLength(text: string): number {
  let depth = 0;
  let at = 0;
  do {
    const mark = text.slice(at, at + 2);
    if (mark === "/*") depth += 1;
    if (mark === "*/") depth -= 1;
    at += mark === "/*" || mark === "*/" ? 2 : 1;
  } while (depth > 0 && at < text.length);
  return text.startsWith("/*") ? at : 0;
}
