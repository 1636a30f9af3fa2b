import { z } from "zod";

/**
 * Every saga by name: what it takes and its steps in order, as people read them before
 * it runs. No code: verbs enqueue from here without knowing how a step is done.
 *
 * `pivot` is the step after which there is only forward. A failure before the pivot has
 * passed undoes what was done, in reverse; a failure later is retried until it succeeds.
 */
export const sagas = {
  "provision-environment": {
    title: "Provision environment",
    input: z.strictObject({
      environmentId: z.string(),
      databaseName: z.string(),
      driver: z.enum(["sqlite"]),
    }),
    steps: [
      { name: "create-database", title: "Create database" },
      { name: "verify-database", title: "Verify database" },
      { name: "activate", title: "Activate environment", pivot: true },
    ],
  },
  "delete-environment": {
    title: "Delete environment",
    input: z.strictObject({
      environmentId: z.string(),
      databaseName: z.string(),
      driver: z.enum(["sqlite"]),
    }),
    steps: [
      { name: "drop-database", title: "Drop database", pivot: true },
      { name: "remove-registration", title: "Remove registration" },
    ],
  },
  "send-invitation": {
    title: "Send invitation",
    input: z.strictObject({ invitationId: z.string() }),
    steps: [{ name: "send-mail", title: "Send mail", pivot: true }],
  },
  reconcile: {
    title: "Compare registry and databases",
    input: z.strictObject({}),
    steps: [{ name: "compare", title: "Compare", pivot: true }],
  },
} as const satisfies Record<
  string,
  { title: string; input: z.ZodType; steps: readonly { name: string; title: string; pivot?: true }[] }
>;

export type SagaName = keyof typeof sagas;
export type SagaInput<Name extends SagaName> = z.infer<(typeof sagas)[Name]["input"]>;
export type StepName<Name extends SagaName> = (typeof sagas)[Name]["steps"][number]["name"];

export function isSagaName(name: string): name is SagaName {
  return Object.hasOwn(sagas, name);
}

/** The step's title, or its name for a step that this version does not know. */
export function stepTitle(saga: string, step: string): string {
  if (!isSagaName(saga)) return step;
  return sagas[saga].steps.find((known) => known.name === step)?.title ?? step;
}
