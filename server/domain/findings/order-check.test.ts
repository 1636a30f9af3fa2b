import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation } from "@/drizzle/control/schema/operations";
import { systemActor, type BaseContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";
import { orderCheck } from "./order-check";

const dayMs = 86_400_000;
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.end());

const ctx = (): BaseContext => ({
  db: world.db,
  actor: systemActor,
  requestId: newId(),
  door: "worker",
  ip: null,
  idempotencyKey: null,
});

const checks = () => world.db.select().from(operation).where(eq(operation.saga, "reconcile"));

test("the first is ordered at once, by one of several, and runs to its end", async () => {
  await Promise.all([
    orderCheck(ctx(), new Date()),
    orderCheck(ctx(), new Date()),
    orderCheck(ctx(), new Date()),
  ]);
  await world.settle();
  expect(await checks()).toMatchObject([{ status: "succeeded", actorKind: "system" }]);
});

test("the next is due a day later and not before", async () => {
  const [first] = await checks();
  const at = first?.createdAt.getTime() ?? 0;
  await orderCheck(ctx(), new Date(at + dayMs - 1));
  expect(await checks()).toHaveLength(1);
  await orderCheck(ctx(), new Date(at + dayMs));
  expect(await checks()).toHaveLength(2);
});

test("who asks for one gets one, or joins the one that is under way", async () => {
  await world.settle();
  const [first, second] = await Promise.all([orderCheck(ctx()), orderCheck(ctx())]);
  expect(first).toEqual(second);
  expect(await checks()).toHaveLength(3);
});
