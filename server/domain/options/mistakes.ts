import { createContext, Script } from "node:vm";
import { z } from "zod";
import { DomainError } from "@/server/kernel/errors";
import type { Mistake } from "./json-rules";

/** A service's pattern may take for ever on somebody's text; then it is ended. */
const longestMs = 250;
const mostMistakes = 20;

// The types of zod know JSON Schemas by their form, and it checks the form itself.
const asSchema = (schema: unknown) => schema as Parameters<typeof z.fromJSONSchema>[0];
// What comes out of another realm is no instance of this one's Error.
const asError = (thrown: unknown) => thrown as { code?: string; message: string };
const asMistakes = (result: unknown) => result as Mistake[];

/** Where the value is not what the JSON Schema asks for, one for each place. Throws `invalid` for a schema that cannot be used. */
export function mistakesIn(schema: unknown, value: unknown): Mistake[] {
  const found = asMistakes(
    within(() => {
      const { error } = z.fromJSONSchema(asSchema(schema)).safeParse(value);
      return (error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
    }),
  );
  const places = new Map(found.toReversed().map((mistake) => [mistake.path, mistake]));
  return [...places.values()].toReversed().slice(0, mostMistakes);
}

/** Throws `invalid` unless the value is a JSON Schema that values can be checked with. */
export function requireUsableSchema(schema: unknown): void {
  within(() => z.fromJSONSchema(asSchema(schema)));
}

const run = new Script("work()");

function within(work: () => unknown): unknown {
  try {
    return run.runInContext(createContext({ work }), { timeout: longestMs });
  } catch (error) {
    const { code, message } = asError(error);
    const isSlow = code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    const why = isSlow ? "checking with it takes too long" : message.slice(0, 200).replace(/\.$/, "");
    throw new DomainError("invalid", `The schema that the service published cannot be used: ${why}.`, {
      field: "schema",
      cause: error,
    });
  }
}
