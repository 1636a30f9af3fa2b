import { and, desc, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { operation } from "@/drizzle/control/schema/operations";
import { issueCredential } from "@/server/domain/credentials/issue";
import { revokeCredential } from "@/server/domain/credentials/revoke";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext } from "@/server/kernel/context";
import type { FaultWorld } from "./world";

/** What is done to an environment. `act` gives the operation that is looked at afterwards. */
export interface Scenario {
  /** What must be there first; gives what `act` works on. */
  prepare(world: FaultWorld, slug: string): Promise<string>;
  act(world: FaultWorld, subject: string): Promise<{ operation: string }>;
}

const overlapSeconds = 0;

/** Waits for a verb that waits for its operation. */
async function driven<T>(world: FaultWorld, verb: Promise<T>): Promise<T> {
  const before = await world.db.$count(operation);
  let isSettled = false;
  void verb.finally(() => (isSettled = true)).catch(() => undefined);
  while (!isSettled && (await world.db.$count(operation)) === before) await tick();
  await world.drive();
  return verb;
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

async function environment(world: FaultWorld, slug: string): Promise<string> {
  const { id } = await world.order(slug);
  await world.drive();
  return id;
}

const enter = (world: FaultWorld, id: string) => world.inEnvironment(world.ann, id);

async function issue(world: FaultWorld, here: EnvironmentContext) {
  const input = { environment: here.environment.id, name: "A tool", scope: "readwrite", days: 1 } as const;
  return driven(world, issueCredential(here, input));
}

async function rotate(world: FaultWorld, here: EnvironmentContext, credential: string) {
  const input = { environment: here.environment.id, credential, overlapSeconds };
  return driven(world, rotateCredential(here, input));
}

async function newest(world: FaultWorld, saga: string): Promise<{ operation: string }> {
  const [row] = await world.db
    .select({ id: operation.id })
    .from(operation)
    .where(eq(operation.saga, saga))
    .orderBy(desc(operation.createdAt), desc(operation.id))
    .limit(1);
  return { operation: row?.id ?? "" };
}

async function credentialOf(
  { db }: FaultWorld,
  id: string,
  audience: "services" | "direct",
): Promise<string> {
  const [row] = await db
    .select({ id: databaseCredential.id })
    .from(databaseCredential)
    .where(and(eq(databaseCredential.environmentId, id), eq(databaseCredential.audience, audience)));
  return row?.id ?? "";
}

export const scenarios = {
  provision: {
    prepare: async (_world, slug) => slug,
    async act(world, slug) {
      const ordered = await world.order(slug);
      await world.drive();
      return ordered;
    },
  },
  issue: {
    prepare: environment,
    async act(world, id) {
      const issued = await issue(world, await enter(world, id));
      return { operation: issued.operation.id };
    },
  },
  rotate: {
    prepare: environment,
    async act(world, id) {
      const here = await enter(world, id);
      const rotated = await rotate(world, here, await credentialOf(world, id, "services"));
      return { operation: rotated.operation.id };
    },
  },
  revoke: {
    async prepare(world, slug) {
      const id = await environment(world, slug);
      await issue(world, await enter(world, id));
      return id;
    },
    async act(world, id) {
      const credential = await credentialOf(world, id, "direct");
      const input = { environment: id, credential, reason: "It was lost." };
      const { operation: retirement } = await revokeCredential(await enter(world, id), input);
      await world.drive();
      return { operation: retirement.id };
    },
  },
  suspend: {
    prepare: environment,
    async act(world, id) {
      await suspendEnvironment(await enter(world, id), { environment: id, reason: "It was not paid." });
      await world.drive();
      return newest(world, "apply-access");
    },
  },
  resume: {
    async prepare(world, slug) {
      const id = await environment(world, slug);
      await suspendEnvironment(await enter(world, id), { environment: id, reason: "It was not paid." });
      await world.drive();
      return id;
    },
    async act(world, id) {
      await resumeEnvironment(await enter(world, id));
      await world.drive();
      return newest(world, "apply-access");
    },
  },
  delete: {
    prepare: environment,
    async act(world, id) {
      const here = await enter(world, id);
      const confirm = here.environment.slug;
      const ordered = await deleteEnvironment(here, { environment: id, confirm });
      await world.drive();
      return { operation: ordered.operation?.id ?? "" };
    },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
