import { malformed } from "@/server/data-server/request-error";
import type { Session } from "./connections";
import { readFields, readIndex, readList } from "./fields";
import { readQuery } from "./requests";
import { runQuery, waitForWriter, type Effect, type Meter, type Sink } from "./run";

type Outcome = "ok" | "error" | "skipped";

/** Told how each step went. A step that its condition skipped is not mentioned. */
export interface BatchSink {
  begin(step: number): Sink;
  end(step: number, effect: Effect): void;
  fail(step: number, error: unknown): void;
}

const mostSteps = 100_000;
const deepest = 100;

/** Runs the steps whose conditions hold. A failing step ends nothing but itself. Gives the number of steps. */
export function runBatch(session: Session, batch: unknown, meter: Meter, sink: BatchSink): number {
  const steps = readList(readFields(batch, "A batch")["steps"], "steps");
  if (steps.length > mostSteps) throw malformed(`A batch has at most ${mostSteps} steps.`);
  const outcomes: Outcome[] = [];
  for (const [index, value] of steps.entries()) {
    const { condition, stmt } = readFields(value, "A step");
    outcomes.push("skipped");
    if (condition != null && !holds(condition, outcomes, session, 0)) continue;
    try {
      const effect = runQuery(session.connection, readQuery(stmt, session.texts), meter, sink.begin(index));
      sink.end(index, effect);
      outcomes[index] = "ok";
    } catch (error) {
      if (error === waitForWriter) throw error;
      sink.fail(index, error);
      outcomes[index] = "error";
      meter.untouched = false;
    }
  }
  return steps.length;
}

function holds(value: unknown, outcomes: readonly Outcome[], session: Session, depth: number): boolean {
  if (depth > deepest) throw malformed("A condition is nested too deeply.");
  const condition = readFields(value, "A condition");
  const inner = (part: unknown) => holds(part, outcomes, session, depth + 1);
  switch (condition["type"]) {
    case "ok":
    case "error":
      return outcomeOf(condition["step"], outcomes) === condition["type"];
    case "not":
      return !inner(condition["cond"]);
    case "and":
      return readList(condition["conds"], "conds").every(inner);
    case "or":
      return readList(condition["conds"], "conds").some(inner);
    case "is_autocommit":
      return !session.connection.isInTransaction();
    default:
      throw malformed("A condition is ok, error, not, and, or, or is_autocommit.");
  }
}

function outcomeOf(step: unknown, outcomes: readonly Outcome[]): Outcome {
  const outcome = outcomes[readIndex(step, "step")];
  if (outcome === undefined) throw malformed("A condition refers to a step before its own.");
  return outcome;
}
