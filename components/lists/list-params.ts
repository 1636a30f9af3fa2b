import { parseAsString, parseAsStringLiteral, type ParserBuilder } from "nuqs/server";

type Facet<Facets extends Record<string, readonly string[]>> = {
  [Name in keyof Facets]: ParserBuilder<Facets[Name][number]>;
};
type Input<State> = { [Key in keyof State]?: Exclude<State[Key], null> };

// Object.fromEntries forgets which key has which value.
const asFacets = <Facets extends Record<string, readonly string[]>>(facets: unknown) =>
  facets as Facet<Facets>;
const asInput = <State>(input: unknown) => input as Input<State>;

/**
 * What a list keeps in its address: search text, sort, cursor and its facets. The page reads
 * it on the server and the table in the browser, so both ask for the same rows.
 */
export function listParams<Sort extends string, Facets extends Record<string, readonly string[]>>(
  sorts: readonly [Sort, ...Sort[]],
  facets: Facets,
  defaultOrder: "asc" | "desc" = "asc",
) {
  const choices = Object.entries(facets).map(
    ([name, values]) => [name, parseAsStringLiteral(values)] as const,
  );
  return {
    search: parseAsString.withDefault(""),
    sort: parseAsStringLiteral(sorts).withDefault(sorts[0]),
    order: parseAsStringLiteral(["asc", "desc"] as const).withDefault(defaultOrder),
    cursor: parseAsString,
    ...asFacets<Facets>(Object.fromEntries(choices)),
  };
}

/** The address's state as a procedure takes it: what is not set is not sent. */
export function listInput<State extends Record<string, unknown>>(state: State) {
  const isSet = ([, value]: [string, unknown]) => value !== null && value !== "";
  return asInput<State>(Object.fromEntries(Object.entries(state).filter(isSet)));
}
