import "@/server/testing/door-settings";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHomes, placements } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { createDoorWorld } from "@/server/testing/door-world";
import { ControlPlaneStore } from "../stores/control-plane-store";
import { openPrisma } from "../testing/prisma/open-prisma";
import { Connections, type UseOptions } from "./connections";

type Prisma = ReturnType<typeof openPrisma>;

const postgres = withPostgres();
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let store: ControlPlaneStore;
let connections: Connections;
const tenants = new Map<string, string>();

beforeAll(async () => {
  world = await createDoorWorld();
  const homes = await createHomes(world, postgres.adminUrl());
  for (const placement of placements) tenants.set(placement, (await homes.onboard(placement)).environment.id);
  const { key } = await world.service("Schools");
  store = new ControlPlaneStore({ url: world.door.url, key });
  connections = new Connections(store, { searchPath: ["students"] });
}, 120_000);
afterAll(async () => {
  await connections.close();
  await store.close();
  await world.end();
});

/** `work` with the tenant's data, in a `withDatabase` of its own. */
const using = <T>(tenant: string, work: (db: Prisma) => Promise<T>, options?: UseOptions) =>
  connections.withDatabase(tenant, (database) => work(openPrisma(database)), options);

let next = 0;
const student = (lastName: string, localNumber = `n-${next++}`) => ({
  id: crypto.randomUUID(),
  localNumber,
  firstName: "Ada",
  lastName,
});
const guardian = (fullName: string) => ({ id: crypto.randomUUID(), fullName });
const named = (db: Pick<Prisma, "student">, lastName: string) => db.student.count({ where: { lastName } });
const failed = new Error("Not now.");

test("the guide shows the program that is tested here", () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, path), "utf8");
  expect(read("../../docs/CONNECTIONS.md")).toContain(
    `\`\`\`ts\n${read("../testing/prisma/open-prisma.ts")}\`\`\``,
  );
});

describe.for(placements)("in %s", (placement) => {
  const id = () => tenants.get(placement) ?? "";

  test("reads what it wrote, with what belongs to it", async () => {
    const data = {
      ...student("Fox"),
      birthDate: new Date("2010-01-02"),
      guardians: { create: [guardian("Eve"), { ...guardian("Max"), email: "max@example.com" }] },
    };
    await using(id(), async (db) => {
      const made = await db.student.create({
        data,
        include: { guardians: { orderBy: { fullName: "asc" } } },
      });
      expect(made).toMatchObject({ lastName: "Fox", status: "active", birthDate: data.birthDate });
      expect(made.guardians.map(({ fullName, email }) => [fullName, email])).toEqual([
        ["Eve", null],
        ["Max", "max@example.com"],
      ]);
    });
    const found = await using(id(), (db) =>
      db.guardian.findMany({
        where: { student: { lastName: "Fox" }, fullName: { startsWith: "M" } },
        select: { student: { select: { localNumber: true, createdAt: true, _count: true } } },
      }),
    );
    expect(found).toEqual([
      { student: { localNumber: data.localNumber, createdAt: expect.any(Date), _count: { guardians: 2 } } },
    ]);
    expect(Math.abs((found[0]?.student.createdAt.getTime() ?? 0) - Date.now())).toBeLessThan(600_000);
  });

  test("a list of statements happens as a whole or not at all", async () => {
    await using(id(), async (db) => {
      const one = student("Listed");
      const [made, count] = await db.$transaction([
        db.student.create({ data: one }),
        db.student.count({ where: { lastName: "Listed" } }),
      ]);
      expect([made.id, count]).toEqual([one.id, 1]);
      const failing = db.$transaction([
        db.student.create({ data: student("Listed") }),
        db.student.create({ data: student("Listed", one.localNumber) }),
      ]);
      await expect(failing).rejects.toMatchObject({ code: "P2002" });
      expect(await named(db, "Listed")).toBe(1);
    });
  });

  test("a transaction with code in between happens as a whole or not at all", async () => {
    await using(id(), async (db) => {
      const serializable = { isolationLevel: "Serializable" } as const;
      for (const options of [{}, serializable]) {
        await db.$transaction(async (tx) => {
          await tx.student.create({ data: student("Between") });
          await tx.student.updateMany({ where: { lastName: "Between" }, data: { firstName: "Bea" } });
        }, options);
        const failing = db.$transaction(async (tx) => {
          await tx.student.create({ data: student("Between") });
          throw failed;
        }, options);
        await expect(failing).rejects.toBe(failed);
      }
      expect(await named(db, "Between")).toBe(2);
    });
  });

  test("a transaction within one is undone by itself", async () => {
    await using(id(), async (db) => {
      await db.$transaction(async (tx) => {
        await tx.student.create({ data: student("Outer") });
        const inner = tx.$transaction(async (nested) => {
          await nested.student.create({ data: student("Inner") });
          throw failed;
        });
        await expect(inner).rejects.toBe(failed);
      });
      expect([await named(db, "Outer"), await named(db, "Inner")]).toEqual([1, 0]);
    });
  });

  test("a transaction that takes too long is undone", async () => {
    await using(id(), async (db) => {
      const slow = db.$transaction(
        async (tx) => {
          await tx.student.create({ data: student("Slow") });
          while (await tx.student.count()) await named(tx, "Slow");
        },
        { timeout: 200 },
      );
      await expect(slow).rejects.toMatchObject({ code: "P2028" });
      expect(await named(db, "Slow")).toBe(0);
    });
  });

  test("SQL of one's own has its parameters, and is one statement", async () => {
    await using(id(), async (db) => {
      await db.student.create({ data: student("O'Neil $1 ?2", "raw") });
      const rows = await db.$queryRaw`SELECT last_name FROM students WHERE local_number = ${"raw"}`;
      expect(rows).toEqual([{ last_name: "O'Neil $1 ?2" }]);
      const two = db.$executeRawUnsafe("DELETE FROM guardians; DELETE FROM students");
      await expect(two).rejects.toMatchObject({ code: "P2010" });
      expect(await db.student.count({ where: { localNumber: "raw" } })).toBe(1);
    });
  });

  test("what the database refuses has Prisma's own codes", async () => {
    await using(id(), async (db) => {
      const one = student("Twice");
      await db.student.create({ data: one });
      const twice = db.student.create({ data: student("Twice", one.localNumber) });
      await expect(twice).rejects.toMatchObject({ code: "P2002", meta: { modelName: "Student" } });
      const orphan = db.guardian.create({ data: { ...guardian("Nobody's"), studentId: "nobody" } });
      await expect(orphan).rejects.toMatchObject({ code: "P2003" });
      const nameless = db.$executeRaw`UPDATE students SET last_name = NULL WHERE id = ${one.id}`;
      await expect(nameless).rejects.toThrow(/Code: `(1299|23502)`/);
      const gone = db.student.update({ where: { id: "nobody" }, data: { lastName: "x" } });
      await expect(gone).rejects.toMatchObject({ code: "P2025" });
      const odd = db.student.update({ where: { id: one.id }, data: { status: "odd" } });
      await expect(odd).rejects.toThrow(/check constraint/i);
    });
  });

  test("more values than a statement takes go out as several", async () => {
    const ids = Array.from({ length: 40_000 }, () => crypto.randomUUID());
    await using(id(), async (db) => {
      const made = await db.student.createMany({
        data: ids.slice(0, 3_000).map((one) => ({ ...student("Many"), id: one })),
      });
      expect(made.count).toBe(3_000);
      expect(await db.student.findMany({ where: { id: { in: ids } }, select: { id: true } })).toHaveLength(
        3_000,
      );
    });
  });

  test("ends with its turn, and so does what it has begun", async () => {
    const begun = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    const { db, unused, lazy, hanging } = await connections.withDatabase(id(), async (database) => {
      const kept = openPrisma(database);
      const open = kept.$transaction(async (tx) => {
        await tx.student.create({ data: student("Hanging") });
        begun.resolve();
        await over.promise;
        await tx.student.count();
      });
      const outcome = open.catch((error: unknown) => error);
      await begun.promise;
      return {
        db: kept,
        unused: openPrisma(database),
        lazy: { count: kept.student.count() },
        hanging: { outcome },
      };
    });
    over.resolve();
    expect(await hanging.outcome).toBeInstanceOf(Error);
    const late: (() => Promise<unknown>)[] = [
      () => lazy.count,
      () => unused.student.count(),
      () => db.$queryRaw`SELECT 1`,
      () => db.$transaction([db.student.count()]),
      () => db.$transaction((tx) => tx.student.count()),
      () => db.$disconnect().then(() => db.student.count()),
    ];
    for (const use of late) await expect(use()).rejects.toThrow("turn is over");
    expect(await using(id(), (now) => named(now, "Hanging"))).toBe(0);
  });

  test("only reads when that is all that was asked for", async () => {
    const reading = { readOnly: true };
    const before = await using(id(), (db) => db.student.count(), reading);
    const writes: ((db: Prisma) => Promise<unknown>)[] = [
      (db) => db.student.create({ data: student("Read") }),
      (db) => db.student.create({ data: { ...student("Read"), guardians: { create: guardian("Read") } } }),
      (db) => db.$transaction([db.student.deleteMany()]),
      (db) => db.$transaction((tx) => tx.student.deleteMany()),
      (db) => db.$executeRaw`DELETE FROM students`,
    ];
    for (const write of writes) await expect(using(id(), write, reading)).rejects.toThrow(/read.?only/i);
    expect(await using(id(), (db) => db.student.count())).toBe(before);
  });
});
