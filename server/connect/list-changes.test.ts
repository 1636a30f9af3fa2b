import { afterAll, beforeAll, expect, test } from "vitest";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { createWorld, type World } from "@/server/testing/world";
import { changeFeed } from "./change-feed";
import { listChanges } from "./list-changes";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.end());

test("who has read further than the feed of this process has missed nothing", async () => {
  const ann = await world.person("Ann");
  const { environment } = await world.organization(ann, "Acme");
  await world.settle();
  (await changeFeed(world.db)).stop();
  const here = await world.inEnvironment(ann, environment.id);
  await suspendEnvironment(here, { environment: environment.id, reason: "" });
  const read = (since: number) => listChanges(world.db, { since, waitSeconds: 0 }, AbortSignal.timeout(1000));
  const { changes, next } = await read(0);
  expect(changes.length).toBeGreaterThan(1);
  expect(await read(next)).toEqual({ changes: [], next, reset: false });
});
