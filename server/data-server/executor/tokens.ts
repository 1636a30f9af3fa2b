export interface Token {
  kind: "word" | "name" | "text" | "parameter" | "other";
  text: string;
}

// Comments and spaces match without a name and are left out. Quotes end where SQLite ends them.
const pattern = new RegExp(
  [
    String.raw`--[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|/\*[^]*|\s+`,
    String.raw`(?<text>[xX]?'[^']*'?)`,
    String.raw`(?<name>"[^"]*"?|` + "`[^`]*`?" + String.raw`|\[[^\]]*\]?)`,
    String.raw`(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)`,
    String.raw`(?<parameter>\?\d*|[:@$#][\w$\u0080-\uffff]+(?:::[\w$\u0080-\uffff]*)*(?:\([^)\s]*\))?)`,
    String.raw`(?<other>\d[\w.]*|.)`,
  ].join("|"),
  "gsy",
);

/** What a text of SQL is made of, without comments. A doubled quote inside quotes starts another token of the kind. */
export function* tokensOf(sql: string): Generator<Token> {
  for (const { groups = {} } of sql.matchAll(pattern)) {
    const { word, name, text, parameter, other } = groups;
    if (word !== undefined) yield { kind: "word", text: word };
    else if (name !== undefined) yield { kind: "name", text: name.slice(1, -1) };
    else if (text !== undefined) yield { kind: "text", text: text.replace(/^[xX]?'|'$/g, "") };
    else if (parameter !== undefined) yield { kind: "parameter", text: parameter };
    else if (other !== undefined) yield { kind: "other", text: other };
  }
}

/** True when there is nothing to run: spaces, comments, semicolons. */
export function isBlank(sql: string): boolean {
  for (const { text } of tokensOf(sql)) if (text !== ";") return false;
  return true;
}
