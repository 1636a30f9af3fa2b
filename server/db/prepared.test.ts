import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import { createWorld, type World } from "@/server/testing/world";
import { databaseNow } from "./clock";
import { insertion, prepared } from "./prepared";
import { withTransaction } from "./transaction";

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.end());

type NewOperation = typeof operation.$inferInsert;

const plain: Omit<NewOperation, "id"> = {
  saga: "reconcile",
  status: "failed",
  subject: "it's \u0000 naïve ?1 :id $x @y",
  input: { nested: ["null", null, 1], at: "2026-01-01" },
  actorKind: "system",
  actorLabel: "",
  requestId: "r",
  runAfter: 0,
  createdAt: new Date(1_700_000_000_123),
};
const rows: Record<string, Omit<NewOperation, "id">> = {
  "left out": plain,
  undefined: { ...plain, error: undefined, attempts: undefined, startedAt: undefined },
  null: { ...plain, error: null, startedAt: null, leaseExpiresAt: null },
  given: { ...plain, error: "e", attempts: 3, startedAt: new Date(1), leaseExpiresAt: 7 },
};

const insertOperation = insertion(operation);

test.for(Object.entries(rows))("a kept insert writes what drizzle's own writes: %s", async ([name, row]) => {
  const ids = [`kept ${name}`, `own ${name}`] as const;
  await withTransaction(world.db, async (tx) => {
    await insertOperation(tx, { ...row, id: ids[0] });
    await tx.insert(operation).values({ ...row, id: ids[1] });
  });
  const written = await world.db
    .select()
    .from(operation)
    .where(inArray(operation.id, [...ids]));
  const [kept, own] = ids.map((id) => written.find((one) => one.id === id));
  expect({ ...kept, id: "" }).toEqual({ ...own, id: "" });
});

test("a kept insert takes any number of rows, again and again", async () => {
  const insertSteps = insertion(operationStep);
  const steps = (id: string, count: number) =>
    Array.from({ length: count }, (_, position) => ({
      operationId: id,
      position,
      name: `step ${position}`,
      status: "pending" as const,
    }));
  for (const [turn, count] of [1, 3, 2, 3, 1].entries()) {
    const id = `steps ${turn}`;
    await withTransaction(world.db, async (tx) => {
      await insertOperation(tx, { ...plain, id });
      await insertSteps(tx, ...steps(id, count));
    });
    const written = await world.db.select().from(operationStep).where(eq(operationStep.operationId, id));
    expect(written.map((step) => step.name)).toEqual(steps(id, count).map((step) => step.name));
  }
});

test("a fixed column has the database's own value", async () => {
  const insertNow = insertion(operation, { fixed: { runAfter: databaseNow } });
  const { runAfter: _, ...rest } = plain;
  await withTransaction(world.db, (tx) => insertNow(tx, { ...rest, id: "now" }));
  const [row] = await world.db.select().from(operation).where(eq(operation.id, "now"));
  expect(Math.abs((row?.runAfter ?? 0) - Date.now())).toBeLessThan(60_000);
});

test("a kept statement gives each call's own values to the transaction that it runs in", async () => {
  const fail = prepared<"id" | "error">((tx, slot) =>
    tx
      .update(operation)
      .set({ error: slot("error"), attempts: sql`${operation.attempts} + 1` })
      .where(eq(operation.id, slot("id"))),
  );
  await withTransaction(world.db, async (tx) => {
    for (const id of ["a", "b"]) await insertOperation(tx, { ...plain, id });
  });
  await withTransaction(world.db, async (tx) => {
    expect((await tx.run(fail(tx, { id: "a", error: "first" }))).rowsAffected).toBe(1);
    expect((await tx.run(fail(tx, { id: "b", error: null }))).rowsAffected).toBe(1);
    expect((await tx.run(fail(tx, { id: "none", error: "x" }))).rowsAffected).toBe(0);
  });
  const undone = withTransaction(world.db, async (tx) => {
    await tx.run(fail(tx, { id: "a", error: "second" }));
    throw new Error("on purpose");
  });
  await expect(undone).rejects.toThrow("on purpose");
  const written = await world.db
    .select({ id: operation.id, error: operation.error, attempts: operation.attempts })
    .from(operation)
    .where(inArray(operation.id, ["a", "b"]));
  expect(written).toEqual([
    { id: "a", error: "first", attempts: 1 },
    { id: "b", error: null, attempts: 1 },
  ]);
});
