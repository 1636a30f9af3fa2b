import { z } from "zod";

const home = {
  environmentId: z.string(),
  databaseName: z.string(),
  clusterId: z.string(),
  /** The pool that it is in; null for a database of its own. */
  poolId: z.string().nullable().default(null),
};

/** A public key that only the waiting request can open the new secret with; null where nobody waits. */
const Reveal = z.strictObject({ kty: z.literal("OKP"), crv: z.literal("X25519"), x: z.string() }).nullable();

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
      ...home,
      organizationId: z.string(),
      databaseId: z.string(),
      credentialId: z.string(),
    }),
    steps: [
      { name: "create-database", title: "Create database" },
      { name: "verify-database", title: "Verify database" },
      { name: "seal-credential", title: "Make credential" },
      { name: "install-credential", title: "Install credential" },
      { name: "activate", title: "Activate environment", pivot: true },
    ],
  },
  "apply-access": {
    title: "Open or close database",
    input: z.strictObject(home),
    steps: [{ name: "apply", title: "Open or close database", pivot: true }],
  },
  "apply-limits": {
    title: "Apply limits",
    input: z.strictObject({ ...home, poolId: z.string() }),
    steps: [
      { name: "apply", title: "Tell the pool", pivot: true },
      { name: "record", title: "Record" },
    ],
  },
  "issue-credential": {
    title: "Issue credential",
    input: z.strictObject({ ...home, credentialId: z.string(), reveal: Reveal }),
    steps: [
      { name: "seal-credential", title: "Make secret" },
      { name: "install-credential", title: "Install at the database" },
      { name: "verify-credential", title: "Log in with it" },
      { name: "activate-credential", title: "Take into use", pivot: true },
    ],
  },
  "rotate-credential": {
    title: "Rotate credential",
    input: z.strictObject({
      ...home,
      credentialId: z.string(),
      replaces: z.string(),
      overlapSeconds: z.number(),
      reveal: Reveal,
    }),
    steps: [
      { name: "seal-credential", title: "Make secret" },
      { name: "install-credential", title: "Install at the database" },
      { name: "verify-credential", title: "Log in with it" },
      { name: "flip", title: "Put in the place of the old one", pivot: true },
    ],
  },
  "retire-credential": {
    title: "Retire credential",
    input: z.strictObject({ ...home, credentialId: z.string() }),
    steps: [
      { name: "end-login", title: "End login and sessions", pivot: true },
      { name: "record", title: "Record" },
    ],
  },
  "open-cluster": {
    title: "Test cluster",
    input: z.strictObject({ clusterId: z.string() }),
    steps: [
      { name: "prepare", title: "Connect and prepare" },
      { name: "open", title: "Take into use", pivot: true },
    ],
  },
  "create-pool": {
    title: "Create pool",
    input: z.strictObject({ poolId: z.string() }),
    steps: [
      { name: "seal-secrets", title: "Make secrets" },
      { name: "create-database", title: "Create database and fences" },
      { name: "open", title: "Take into use", pivot: true },
    ],
  },
  "install-in-pool": {
    title: "Install package in pool",
    input: z.strictObject({ poolId: z.string(), packageId: z.string(), versionId: z.string() }),
    steps: [
      { name: "apply", title: "Apply for all tenants" },
      { name: "record", title: "Record", pivot: true },
    ],
  },
  "remove-pool": {
    title: "Remove pool",
    input: z.strictObject({ poolId: z.string() }),
    steps: [
      { name: "drop-database", title: "Drop database and roles", pivot: true },
      { name: "forget", title: "Forget it" },
    ],
  },
  "destroy-database": {
    title: "Destroy database",
    input: z.strictObject({
      clusterId: z.string(),
      poolId: z.string().nullable().default(null),
      databaseName: z.string(),
      tenant: z.string(),
    }),
    steps: [{ name: "destroy", title: "Destroy database", pivot: true }],
  },
  "delete-environment": {
    title: "Delete environment",
    input: z.strictObject(home),
    steps: [
      { name: "drop-database", title: "Drop database", pivot: true },
      { name: "remove-registration", title: "Remove registration" },
    ],
  },
  "install-package": {
    title: "Install package",
    input: z.strictObject({ ...home, packageId: z.string(), versionId: z.string() }),
    steps: [
      { name: "apply", title: "Apply what is missing" },
      { name: "look", title: "Ask the database" },
      { name: "record", title: "Record", pivot: true },
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
