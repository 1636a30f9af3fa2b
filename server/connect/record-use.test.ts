import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { issueCredential } from "@/server/domain/credentials/issue";
import type { EnvironmentContext } from "@/server/kernel/context";
import { workOff, workUntil } from "@/server/testing/work-until";
import { createWorld, type World } from "@/server/testing/world";
import { recordUse } from "./record-use";

let world: World;
let here: EnvironmentContext;

beforeAll(async () => {
  world = await createWorld({ isServed: true });
  const ann = await world.person("Ann");
  const { environment } = await world.organization(ann, "Acme");
  await workOff(world);
  here = await world.inEnvironment(ann, environment.id);
});
afterAll(() => world.end());

async function lastUse(credentialId: string) {
  const { lastUsedAt } = databaseCredential;
  const [credential] = await world.db
    .select({ at: lastUsedAt })
    .from(databaseCredential)
    .where(eq(databaseCredential.id, credentialId));
  const [database] = await world.db
    .select({ at: environmentDatabase.lastAccessedAt })
    .from(environmentDatabase)
    .where(eq(environmentDatabase.environmentId, here.environment.id));
  return { credential: credential?.at ?? null, database: database?.at ?? null };
}

test("the login that proves a new credential is no use of it, the first one after is", async () => {
  const order = issueCredential(here, {
    environment: here.environment.id,
    name: "Build",
    scope: "readonly",
    days: 90,
  });
  const { credential } = await workUntil(world, order);
  const activatedAt = credential.activatedAt ?? new Date(0);
  const use = (at: Date) =>
    recordUse(world.db, [{ tenant: here.environment.id, credentialId: credential.id, at, sizeBytes: 4096 }]);
  await use(new Date(activatedAt.getTime() - 1));
  expect(await lastUse(credential.id)).toEqual({ credential: null, database: null });
  const after = new Date(activatedAt.getTime() + 1);
  await use(after);
  expect(await lastUse(credential.id)).toEqual({ credential: after, database: after });
});
