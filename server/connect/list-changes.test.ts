import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { handleChanges } from "@/server/api/internal/handler";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { revokeService } from "@/server/domain/services/revoke";
import { asService, createServiceWorld, type ServiceWorld } from "@/server/testing/service-world";
import { changeFeed } from "./change-feed";
import { listChanges } from "./list-changes";

let world: ServiceWorld;
beforeAll(async () => {
  world = await createServiceWorld();
}, 60_000);
afterAll(() => world.end());

const Next = z.object({ next: z.number() });

test("a service that is revoked while it waits hears no more, and its neighbour waits on", async () => {
  const [doomed, neighbour] = [await world.service("Doomed"), await world.service("Neighbour")];
  const wait = (key: string, query: string) =>
    handleChanges(asService(key, `/internal/tenants/changes?${query}`));
  await world.settle();
  const { next } = Next.parse(await (await wait(doomed.key, "wait=0")).json());
  const since = `since=${next}&wait=3`;
  const waiting = wait(doomed.key, since);
  const besides = wait(neighbour.key, since);
  await revokeService(world.operator, { service: doomed.id });
  const answer = await waiting;
  expect(answer.status).toBe(401);
  expect(await (await besides).json()).toEqual({ changes: [], next, reset: false });
});

test("who has read further than the feed of this process has missed nothing", async () => {
  const here = await world.activeEnvironment();
  const { environment } = here;
  (await changeFeed(world.db)).stop();
  await suspendEnvironment(here, { environment: environment.id, reason: "" });
  const confirm = () => Promise.resolve();
  const read = (since: number) =>
    listChanges(world.db, { since, waitSeconds: 0, confirm }, AbortSignal.timeout(1000));
  const { changes, next } = await read(0);
  expect(changes.length).toBeGreaterThan(1);
  expect(await read(next)).toEqual({ changes: [], next, reset: false });
});
