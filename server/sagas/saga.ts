import type { Tx } from "@/server/db/client";
import type { WorkContext } from "@/server/kernel/context";
import type { SagaInput, SagaName, StepName } from "./catalog";

/** What a step did, in a few words for the timeline. */
export interface StepOutcome {
  detail?: string;
  /** Handed to the steps after this one and kept with the operation. */
  result?: unknown;
}

export interface StepContext<Name extends SagaName> extends WorkContext {
  operationId: string;
  input: SagaInput<Name>;
  /** Throws when another worker has the operation by now: asked right before what could not be taken back by that one. */
  requireLease(): Promise<void>;
  /** Results of the steps before this one, by name. */
  results: ReadonlyMap<string, unknown>;
}

/**
 * `effect`: works outside the control plane; safe to repeat with the same input. Its
 * outcome is journalled when it is done, or, with `cheap`, together with the next step:
 * a crash in between repeats it, which costs less than the commit that it saves.
 *
 * `commit`: works inside one transaction of the control plane, journalled in that same one.
 */
export type Step<Name extends SagaName> =
  | {
      kind: "effect";
      cheap?: true | ((ctx: StepContext<Name>) => boolean);
      run(ctx: StepContext<Name>): Promise<StepOutcome | void>;
      undo?(ctx: StepContext<Name>): Promise<void>;
      /** What it makes is this operation's alone, so a worker that made it too late may take it back as well. */
      owned?: true;
    }
  | { kind: "commit"; run(ctx: StepContext<Name>, tx: Tx): Promise<StepOutcome | void> };

export interface Saga<Name extends SagaName = SagaName> {
  name: Name;
  steps: { [Key in StepName<Name>]: Step<Name> };
  /** Steps whose results go when the operation has succeeded: ciphertext lives in one place. */
  forget?: readonly StepName<Name>[];
  /** Runs in the transaction that marks the operation as failed, after everything is undone. */
  failed?(ctx: StepContext<Name>, tx: Tx, reason: string): Promise<void>;
}

/** Ties the steps of the catalog to what they do; a step without code does not compile. */
export function defineSaga<Name extends SagaName>(
  name: Name,
  definition: Omit<Saga<Name>, "name">,
): Saga<Name> {
  return { name, ...definition };
}
