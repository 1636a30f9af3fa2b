import { afterAll, beforeAll, expect, test } from "vitest";
import { and, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { operation } from "@/drizzle/control/schema/operations";
import { revokeCredential } from "@/server/domain/credentials/revoke";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { openFileFaults, type FaultWorld } from "@/server/testing/faults/world";

let world: FaultWorld;
beforeAll(async () => {
  world = await openFileFaults();
});
afterAll(() => world.end());

test("what was ordered for a credential ends when its environment is deleted first", async () => {
  const { id } = await world.order("raced");
  await world.drive();
  const here = await world.inEnvironment(world.ann, id);
  const [services] = await world.db
    .select()
    .from(databaseCredential)
    .where(eq(databaseCredential.environmentId, id));
  await revokeCredential(here, { environment: id, credential: services?.id ?? "", reason: "It was lost." });
  await deleteEnvironment(here, { environment: id, confirm: "raced" });
  // The deletion overtakes the retirement and the next credential.
  await world.db
    .update(operation)
    .set({ runAfter: 1 })
    .where(and(eq(operation.environmentId, id), eq(operation.saga, "delete-environment")));
  await world.drive();
  expect(await world.flaws()).toEqual([]);
  const operations = await world.db.select().from(operation).where(eq(operation.environmentId, id));
  expect(Object.fromEntries(operations.map(({ saga, status }) => [saga, status]))).toEqual({
    "provision-environment": "succeeded",
    "delete-environment": "succeeded",
    "retire-credential": "succeeded",
    "issue-credential": "failed",
  });
});
