// What stands in front of a statement and says nothing: blanks, empty statements, comments.
const silent = /^(?:[\s;]+|--[^\n\r]*)/;
const control = /^(?:abort|begin|commit|end|prepare\s+transaction|release|rollback|savepoint|start)\b/i;

/** Whether a statement begins or ends a transaction, which a migration must leave to Freehold. */
export function controlsTransaction(sql: string): boolean {
  let rest = sql;
  for (;;) {
    const [skipped = ""] = silent.exec(rest) ?? [];
    const length = skipped.length || commentLength(rest);
    if (length === 0) return control.test(rest);
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
