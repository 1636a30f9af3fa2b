import { errorOf, type Outcome } from "./outcome";
import type { Aim, Attack } from "./attack";

/** Mistakes of ours in a statement: they would pass for a fence that holds. */
const ownMistakes = new Set(["42601", "42702", "42P08", "42P18", "42804", "42883"]);

export interface Judgement {
  /** What went through that must not; null when the fence held. */
  breach: string | null;
  /** True: the server refused it, rather than finding nothing. */
  isRefused: boolean;
  /** True: the statement is not one; it proves nothing. */
  isVoid: boolean;
}

interface Seen {
  attack: Attack;
  aim: Aim;
  /** One for each statement. */
  outcomes: Outcome[];
  twin: Outcome | undefined;
  /** How many rows of the table are the attacker's, where it expects its own. */
  ownRows: number;
  /** Everything that only the other tenants know. */
  secrets: string[];
}

/** Compares what happened with what had to happen. */
export function judge({ attack, aim, outcomes, twin, ownRows, secrets }: Seen): Judgement {
  const last = outcomes.at(-1);
  if (!last) return { breach: null, isRefused: false, isVoid: true };
  const isVoid = outcomes.some(({ error }) => error !== null && ownMistakes.has(error.code));
  const shown = outcomes.map((outcome) => shownIn(outcome)).join("\n");
  const isShowing = secrets.some((secret) => shown.includes(secret));
  const breach = isShowing
    ? "It shows a row of another tenant."
    : unexpected({ attack, aim, last, twin, ownRows });
  return { breach, isRefused: last.error !== null, isVoid: isVoid && breach === null };
}

function shownIn({ rows, error, notices }: Outcome): string {
  return JSON.stringify([rows, error && errorOf(error), notices]);
}

function unexpected({
  attack,
  aim,
  last,
  twin,
  ownRows,
}: Pick<Seen, "attack" | "aim" | "twin" | "ownRows"> & { last: Outcome }): string | null {
  switch (attack.expect) {
    case "unseen":
      return null;
    case "refused":
      return last.error ? null : "It was not refused.";
    case "none":
      return last.error || amountOf(last) === 0 ? null : "It reached a row of another tenant.";
    case "own":
      return last.error || (last.rowCount ?? 0) <= ownRows
        ? null
        : "It reached more rows than the tenant has.";
    case "same":
      return twin && alike(last, aim.foreign.key) === alike(twin, aim.nobody)
        ? null
        : "What another tenant has and what nobody has are answered differently.";
  }
}

/** Rows, or the number that a single column named n says. */
function amountOf({ rows, rowCount }: Outcome): number {
  const [row] = rows;
  if (rows.length !== 1 || row === undefined || !("n" in row) || Object.keys(row).length > 1)
    return rowCount ?? 0;
  return row["n"] === null || row["n"] === 0 ? 0 : 1;
}

const alike = (outcome: Outcome, key: string) =>
  JSON.stringify([
    outcome.rows,
    outcome.rowCount,
    outcome.error && errorOf(outcome.error),
    outcome.notices,
  ]).replaceAll(key, "?");
