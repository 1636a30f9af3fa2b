import type { SQLInputValue } from "node:sqlite";
import { RequestError } from "@/server/data-server/request-error";
import { tokensOf } from "./tokens";

/** The parameters of a statement by their numbers, from 1: the name as it is written, or null. Gaps are undefined. */
export type Parameters = (string | null | undefined)[];

export interface Arguments {
  args: SQLInputValue[];
  named: Map<string, SQLInputValue>;
}

export type Bindings = [Record<string, SQLInputValue>, ...SQLInputValue[]];

const mostParameters = 32_766;

/** The parameters of one statement, numbered as SQLite numbers them. */
export function parametersOf(sql: string): Parameters {
  const found: Parameters = [];
  if (!/[?:@$#]/.test(sql)) return found;
  for (const { kind, text } of tokensOf(sql)) {
    if (kind !== "parameter") continue;
    if (text === "?") found.push(null);
    else if (text.startsWith("?")) {
      const number = Number(text.slice(1));
      if (number >= 1 && number <= mostParameters) found[number - 1] ??= text;
    } else if (!found.includes(text)) found.push(text);
  }
  return found;
}

const invalid = (message: string) => new RequestError("ARGS_INVALID", message);

/** Gives every parameter its value, in the form that the statement takes. */
export function bind(parameters: Parameters, { args, named }: Arguments): Bindings {
  if (args.length > 0 && named.size > 0)
    throw new RequestError(
      "ARGS_BOTH_POSITIONAL_AND_NAMED",
      "Give arguments by position or by name, not both.",
    );
  if (args.length + named.size > parameters.length)
    throw invalid(`Too many arguments: the statement takes ${parameters.length}.`);
  const byName: Record<string, SQLInputValue> = {};
  const byPosition: SQLInputValue[] = [];
  for (const [index, name] of parameters.entries()) {
    if (isNamed(name)) {
      // A null is a value, too.
      const value = named.has(name) ? named.get(name) : named.get(name.slice(1));
      if (value === undefined) throw invalid(`The value for parameter ${name} is missing.`);
      byName[name] = value;
      continue;
    }
    const value = args[index];
    if (value === undefined && name !== undefined)
      throw invalid(`The value for parameter ${name ?? `?${index + 1}`} is missing.`);
    byPosition.push(value ?? null);
  }
  return [byName, ...byPosition];
}

const isNamed = (name: string | null | undefined): name is string => name != null && !name.startsWith("?");
