/** What may be meant by one option. */
export interface Meaning {
  /** Completes "waitMs is …". */
  says: string;
  holds(value: unknown): boolean;
}

/** Options by their names; null for one that is looked at where it is used. */
type Meanings = ReadonlyMap<string, Meaning | null>;

/** Every option has to be there. */
export function meaningsOf<Options>(all: Record<keyof Options, Meaning | null>): Meanings {
  return new Map(Object.entries<Meaning | null>(all));
}

// A timer of Node counts to 2^31 - 1 ms and fires at once for more: what is added to a wait still fits.
const longestMs = 2_000_000_000;

const isNumber = (value: unknown, least: number, most: number): boolean =>
  typeof value === "number" && value >= least && value <= most;

export const count: Meaning = {
  says: "a whole number from 1 on",
  holds: (value) => Number.isSafeInteger(value) && isNumber(value, 1, Infinity),
};

export const milliseconds: Meaning = {
  says: "a number of milliseconds, from 0 to 2,000,000,000",
  holds: (value) => isNumber(value, 0, longestMs),
};

export const timeout: Meaning = {
  says: "a number of milliseconds, from 1 to 2,000,000,000",
  holds: (value) => isNumber(value, 1, longestMs),
};

/** Infinity is no bound of the service's own. */
export const seconds: Meaning = {
  says: "a number of seconds from 0 on",
  holds: (value) => isNumber(value, 0, Infinity),
};

export const yesOrNo: Meaning = { says: "true or false", holds: (value) => typeof value === "boolean" };

export const names: Meaning = {
  says: "a list of names",
  holds: (value) => Array.isArray(value) && value.every((name) => typeof name === "string" && name !== ""),
};

export const oneOf = (...words: readonly string[]): Meaning => ({
  says: words.map((word) => JSON.stringify(word)).join(" or "),
  holds: (value) => words.some((word) => word === value),
});

/**
 * Throws TypeError for an option that there is none of, and for a value that cannot be meant: the
 * compiler tells those who write TypeScript, and nobody else. What is undefined is not given.
 */
export function checkOptions(options: object, meanings: Meanings): void {
  if (typeof options !== "object" || options === null) throw new TypeError("Options are an object.");
  for (const [name, value] of Object.entries(options)) {
    const meaning = meanings.get(name);
    if (meaning === undefined)
      throw new TypeError(`There is no option ${name} here. There are: ${[...meanings.keys()].join(", ")}.`);
    if (meaning && value !== undefined && !meaning.holds(value))
      throw new TypeError(`${name} is ${meaning.says}.`);
  }
}
