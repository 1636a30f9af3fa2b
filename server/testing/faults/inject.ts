import { DomainError } from "@/server/kernel/errors";
import { KeysUnavailable } from "@/server/kernel/seal/failure";

/** What may happen to one call to the world outside. */
export const faultKinds = [
  "breaks before",
  "breaks after",
  "is refused before",
  "is refused after",
  "sleeps before",
  "sleeps after",
  "runs twice",
  "keeps breaking",
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** Counted from 0 over all ports. */
  at: number;
  kind: FaultKind;
}

/** A broken call is tried again so often before it works after all; enough to make a saga give up. */
const mostBreaks = 8;

export interface Faults {
  /** From now on calls are counted, and these go wrong. */
  arm(...faults: Fault[]): void;
  /** From now on everything works; gives the names of the calls since. */
  disarm(): string[];
  /** Resolves when the next call falls asleep; it sleeps until `wake`. */
  asleep(): Promise<void>;
  wake(): void;
  /** The same port, whose methods may go wrong. */
  through<Port extends object>(port: Port, methods: readonly (keyof Port & string)[]): Port;
}

export function createFaults(): Faults {
  let planned: Fault[] | null = null;
  let calls: string[] = [];
  let breaking: { name: string; left: number } | null = null;
  const sleepers: (() => void)[] = [];
  let notice = Promise.withResolvers<void>();

  function fallAsleep(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    sleepers.push(resolve);
    notice.resolve();
    notice = Promise.withResolvers<void>();
    return promise;
  }

  function kindOf(name: string): FaultKind | null {
    if (planned === null) return null;
    const at = calls.push(name) - 1;
    const kind = planned.find((fault) => fault.at === at)?.kind ?? null;
    if (kind === "keeps breaking") breaking ??= { name, left: mostBreaks };
    if (breaking?.name !== name || breaking.left === 0) return kind === "keeps breaking" ? null : kind;
    breaking.left--;
    return "breaks before";
  }

  async function meet(name: string, call: () => unknown): Promise<unknown> {
    const kind = kindOf(name);
    if (kind === "breaks before") throw broken(name);
    if (kind === "is refused before") throw refused(name);
    if (kind === "sleeps before") await fallAsleep();
    if (kind === "runs twice") await call();
    const result = await call();
    if (kind === "breaks after") throw broken(name);
    if (kind === "is refused after") throw refused(name);
    if (kind === "sleeps after") await fallAsleep();
    return result;
  }

  return {
    arm(...faults) {
      planned = faults;
      calls = [];
      breaking = null;
    },
    disarm() {
      planned = null;
      return calls;
    },
    asleep: () => notice.promise,
    wake: () => sleepers.splice(0).forEach((rise) => rise()),
    through: (port, methods) =>
      new Proxy(port, {
        get(target, name, receiver) {
          const value: unknown = Reflect.get(target, name, receiver);
          if (typeof value !== "function" || !methods.some((method) => method === name)) return value;
          return (...args: unknown[]) => meet(String(name), () => Reflect.apply(value, target, args));
        },
      }),
  };
}

// Keys that gave no verdict say so by this error; of a driver any error that is no DomainError means it.
const broken = (name: string) => new KeysUnavailable(`${name}: the connection broke.`);
const refused = (name: string) => new DomainError("precondition", `${name} was refused.`);
