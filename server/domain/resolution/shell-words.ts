import { parse } from "shell-quote";
import { DomainError } from "@/server/kernel/errors";

/** The words of one command as a shell would give them to it, and what was left out on the way. */
export interface Command {
  words: string[];
  notes: string[];
}

/**
 * Splits a pasted command into words; nothing is run and no variable has a value. Only the first
 * command counts: what is behind a pipe, a redirection or the end of the line is left out and said so.
 * Throws `invalid` for quotes that do not end.
 */
export function shellWords(pasted: string): Command {
  if (pasted.includes("\0")) throw unreadable("It has a NUL in it.");
  const notes = new Set<string>();
  const line = firstCommand(isForWindows(pasted) ? withoutCarets(pasted) : pasted, notes);
  const words: string[] = [];
  for (const entry of entriesOf(line, notes)) {
    if (typeof entry === "string") words.push(entry);
    else if ("pattern" in entry) words.push(entry.pattern);
    else {
      const what = "comment" in entry ? "#" : entry.op;
      notes.add(`What comes after ${what} is left out.`);
      break;
    }
  }
  if (words.some((word) => /^[“”„‘’‚–—]/.test(word)))
    throw unreadable("A quote or dash in it was made typographic on its way: write plain ones.");
  return { words, notes: [...notes] };
}

function entriesOf(line: string, notes: Set<string>) {
  try {
    return parse(line, (name) => {
      if (name !== "")
        notes.add(`$${name.slice(0, 60)} is a variable of your shell: its value is not known here.`);
      return `$${name}`;
    });
  } catch {
    throw unreadable("A substitution in it does not end.");
  }
}

/** What "Copy as cURL (cmd)" makes: every quote and line end is escaped by a caret. */
const isForWindows = (text: string) => /^\s*curl(?:\.exe)?\s[^'"]*\^["\r\n]/i.test(text);

const withoutCarets = (text: string) =>
  text.replaceAll(/\^(\r?\n|[^])/g, (_, next: string) => (next.endsWith("\n") ? " " : next));

const quotes = /'[^']*'|"(?:\\[^]|[^"\\])*"/y;
const ansiQuotes = /\$'(?:\\[^]|[^\\'])*'/y;

/** Joins continued lines and stops at the end of the first command. */
function firstCommand(text: string, notes: Set<string>): string {
  let line = "";
  for (let at = 0; at < text.length;) {
    const quoted = quotedAt(text, at);
    const here = text[at];
    // As sh, cmd and PowerShell continue a line.
    const continued = /^[\\^`]\r?\n/.exec(text.slice(at, at + 3))?.[0];
    if (quoted !== null) {
      line += quoted.startsWith('"') ? quoted.replaceAll(/\\\r?\n/g, "") : quoted;
      at += quoted.length;
    } else if (continued) at += continued.length;
    else if (here === "\\") {
      line += text.slice(at, at + 2);
      at += 2;
    } else if (here === "'" || here === '"') throw unreadable("A quote in it does not end.");
    else if (here === "\n" && line.trim() !== "") {
      if (text.slice(at).trim() !== "") notes.add("Only the first command is looked at.");
      break;
    } else {
      line += here === "\r" ? " " : (here ?? "");
      at += 1;
    }
  }
  return line;
}

function quotedAt(text: string, at: number): string | null {
  for (const shape of [ansiQuotes, quotes]) {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return null;
}

function unreadable(why: string): DomainError {
  return new DomainError("invalid", `This is no command that a shell would take. ${why}`, { field: "curl" });
}
