import type { OptionsMistake } from "./define-options.ts";

/** What a service is told about options that it does not get as they are. */
export type OptionsProblem =
  | {
      /** The overlay is not what the schema asks for. Told once for each version, as long as the tenant is remembered. */
      kind: "invalid";
      name: string;
      tenant: string;
      version: number;
      mistakes: readonly OptionsMistake[];
      /** What is used instead. */
      instead: "last_valid" | "defaults";
    }
  | {
      /** Freehold cannot be asked. Told once, until an answer comes. */
      kind: "unavailable";
      name: string;
      cause: unknown;
    };

/** Tells each problem once, and is never in the way of a request. */
export class OptionsReport {
  readonly #tell: (problem: OptionsProblem) => void;
  #isAway = false;

  constructor(tell: ((problem: OptionsProblem) => void) | undefined) {
    this.#tell = tell ?? warn;
  }

  invalid(problem: Omit<Extract<OptionsProblem, { kind: "invalid" }>, "kind">): void {
    this.#send({ kind: "invalid", ...problem });
  }

  unavailable(name: string, cause: unknown): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.#send({ kind: "unavailable", name, cause });
  }

  answered(): void {
    this.#isAway = false;
  }

  #send(problem: OptionsProblem): void {
    try {
      this.#tell(problem);
    } catch (error) {
      process.emitWarning(`The report of options failed: ${String(error)}`, { code: "FREEHOLD_OPTIONS" });
    }
  }
}

/** Without the tenant and without values: a warning goes to logs that nobody has classified. */
function warn(problem: OptionsProblem): void {
  const message =
    problem.kind === "unavailable"
      ? "Freehold cannot be asked about options. What is known serves on."
      : `Version ${problem.version} of the options ${problem.name} does not fit their schema at ${problem.mistakes
          .map(({ path }) => path || "the top")
          .join(", ")}. Used instead: ${problem.instead}.`;
  process.emitWarning(message, { code: "FREEHOLD_OPTIONS" });
}
