import type { RecordedHint } from "@/server/domain/resolution/schema";
import type { ViolationHint } from "@/server/domain/violations/schema";

const states = ["trusted", "untrusted", "malformed", "ignored"] as const;
const line = /^([a-z][a-z0-9-]*) +(trusted|untrusted|malformed|ignored)(?: +(.*))?$/;
const between = " | ";

/** A recorded hint as a line that a person can read and change: `header untrusted acme | other`. */
export function hintLine({ source, saw, trusted, verdict }: ViolationHint): string {
  const values = saw.map((value) => (value === "" ? '""' : value)).join(between);
  return `${source} ${stateOf(verdict, trusted, saw)} ${values}`.trim();
}

function stateOf(
  verdict: ViolationHint["verdict"],
  trusted: boolean,
  saw: string[],
): (typeof states)[number] {
  if (verdict === "ignored") return "ignored";
  // With a value the resolver sees for itself what is wrong with it.
  if (verdict === "malformed" && saw.length === 0) return "malformed";
  return trusted ? "trusted" : "untrusted";
}

/** The hints of such lines, or the first line that is none. */
export function readHintLines(text: string): { hints: RecordedHint[] } | { wrong: string } {
  const hints: RecordedHint[] = [];
  for (const one of text.split("\n").map((part) => part.trim())) {
    if (one === "") continue;
    const [, source, state, values] = line.exec(one) ?? [];
    if (source === undefined) return { wrong: one };
    hints.push({ source, trusted: state === "trusted", saw: valuesOf(values), ...because(state) });
  }
  return { hints };
}

function valuesOf(text: string | undefined): string[] {
  if (text === undefined || text === "") return [];
  return text.split(between).map((value) => (value === '""' ? "" : value));
}

function because(state: string | undefined): Pick<RecordedHint, "malformed" | "ignored"> {
  if (state === "malformed") return { malformed: "It could not be read when it was recorded." };
  return state === "ignored" ? { ignored: "It did not count when it was recorded." } : {};
}
