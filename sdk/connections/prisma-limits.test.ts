import "@/server/testing/door-settings";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { createHomes, placements, type Homes, type Placement } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { createDoorWorld } from "@/server/testing/door-world";
import { ControlPlaneStore } from "../stores/control-plane-store";
import { openPrisma } from "../testing/prisma/open-prisma";
import { Connections } from "./connections";

type Prisma = ReturnType<typeof openPrisma>;

const postgres = withPostgres();
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let homes: Homes;
let store: ControlPlaneStore;
let connections: Connections;

beforeAll(async () => {
  world = await createDoorWorld();
  homes = await createHomes(world, postgres.adminUrl());
  const { key } = await world.service("Schools");
  store = new ControlPlaneStore({ url: world.door.url, key });
  connections = new Connections(store, {
    searchPath: ["students"],
    connectionsPerTenant: 1,
    connectionsPerPool: 3,
    waitMs: 30_000,
  });
}, 120_000);
afterAll(async () => {
  await connections.close();
  await store.close();
  await world.end();
});

const onboard = async (placement: Placement) => (await homes.onboard(placement)).environment.id;
const using = <T>(tenant: string, work: (db: Prisma) => Promise<T>) =>
  connections.withDatabase(tenant, (database) => work(openPrisma(database)));

let next = 0;
const student = (lastName: string, id: string = crypto.randomUUID()) => ({
  id,
  localNumber: `n-${next++}`,
  firstName: "Ada",
  lastName,
});
const failed = new Error("Not now.");
const swallow = (error: unknown) => {
  if (error !== failed) throw error;
};
const patient = { maxWait: 30_000, timeout: 30_000 };

/** Ways to the last names that a tenant sees, some of which write and some of which fail on the way. */
const ways: ((db: Prisma, own: string) => Promise<string[]>)[] = [
  async (db) => (await db.student.findMany()).map(({ lastName }) => lastName),
  async (db) =>
    (await db.$queryRaw<{ last_name: string }[]>`SELECT last_name FROM students`).map((row) => row.last_name),
  async (db, own) => {
    const [, rows] = await db.$transaction([
      db.student.create({ data: student(own) }),
      db.student.findMany(),
    ]);
    return rows.map(({ lastName }) => lastName);
  },
  (db, own) =>
    db.$transaction(async (tx) => {
      const before = await tx.student.findMany();
      await tx.student.updateMany({ data: { lastName: own } });
      return [...before, ...(await tx.student.findMany())].map(({ lastName }) => lastName);
    }, patient),
  (db, own) =>
    db.$transaction(
      async (tx) => {
        await tx.guardian.count();
        return (await tx.student.findMany({ where: { lastName: own } })).map(({ lastName }) => lastName);
      },
      { ...patient, isolationLevel: "Serializable" },
    ),
  async (db, own) => {
    const gone = db.$transaction(async (tx) => {
      await tx.student.deleteMany();
      await tx.student.create({ data: student("Lost") });
      throw failed;
    }, patient);
    await gone.catch(swallow);
    await db.student.create({ data: student(own, "the first") }).catch(() => undefined);
    return (await db.student.findMany()).map(({ lastName }) => lastName);
  },
];

test("tenants of one pool that run among each other, twenty at once, see their own rows", async () => {
  const tenants = await Promise.all([1, 2, 3, 4].map(() => onboard("a pool")));
  await Promise.all(
    tenants.map((tenant) => using(tenant, (db) => db.student.create({ data: student(tenant, "the first") }))),
  );
  const turns = Array.from({ length: 400 }, (_, turn) => turn);
  const wrong: unknown[] = [];
  let seen = 0;
  const worker = async () => {
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
      const tenant = tenants[turn % tenants.length]!;
      const way = ways[Math.floor(turn / tenants.length) % ways.length]!;
      const names = await using(tenant, (db) => way(db, tenant));
      if (names.length === 0 || names.some((name) => name !== tenant)) wrong.push({ turn, tenant, names });
      seen += names.length;
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(400);
}, 120_000);

test("in a pool, upsert is Prisma's own way and not the database's", async () => {
  await using(await onboard("a pool"), async (db) => {
    const { id, ...data } = student("Up");
    const upsert = (where: { id: string; AND?: [] }, lastName: string) =>
      db.student.upsert({ where, create: { id, ...data }, update: { lastName } });
    await expect(upsert({ id }, "Up")).rejects.toThrow(/ON CONFLICT/);
    expect((await upsert({ id, AND: [] }, "Over")).lastName).toBe("Up");
    expect((await upsert({ id, AND: [] }, "Over")).lastName).toBe("Over");
    expect(await db.student.count()).toBe(1);
  });
});

test.for(placements)(
  "in %s, a statement that runs too long is ended, and the next one runs",
  async (placement) => {
    await using(await onboard(placement), async (db) => {
      const slow =
        placement === "a file"
          ? db.$queryRaw`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n`
          : db.$transaction(async (tx) => {
              await tx.$executeRaw`SET LOCAL statement_timeout = '50ms'`;
              await tx.$queryRaw`SELECT pg_sleep(60)::text`;
            });
      await expect(slow).rejects.toMatchObject({ code: "P2010" });
      expect(await db.student.count()).toBe(0);
    });
  },
);

test.for(placements.slice(1))(
  "in %s, whoever waits in vain for a connection takes none",
  async (placement) => {
    const tenant = await onboard(placement);
    await connections.withDatabase(tenant, async (database) => {
      const db = openPrisma(database);
      const held = await Promise.all(
        [1, 2, 3].slice(placement === "a pool" ? 0 : 2).map(() => database.postgres().connect()),
      );
      const late = db.$transaction((tx) => tx.student.count(), { maxWait: 50 });
      await expect(late).rejects.toMatchObject({ code: "P2028" });
      for (const connection of held) connection.release();
      expect(await db.student.count()).toBe(0);
      expect(await db.$transaction((tx) => tx.student.count())).toBe(0);
    });
  },
);

test("in a file, whoever waits in vain for a writer hears so", async () => {
  await connections.withDatabase(await onboard("a file"), async (database) => {
    const db = openPrisma(database);
    const writer = await database.libsql().transaction("write");
    await writer.execute("DELETE FROM students");
    await expect(db.student.create({ data: student("Late") })).rejects.toMatchObject({ code: "P1008" });
    await writer.rollback();
    expect((await db.student.create({ data: student("Later") })).lastName).toBe("Later");
  });
});

test("a tenant whose storage is full hears of the limit", async () => {
  const tenant = await onboard("a file");
  await world.db
    .update(environmentDatabase)
    .set({ storageLimitMb: 1 })
    .where(eq(environmentDatabase.environmentId, tenant));
  const fill = (inTransaction: boolean) =>
    using(tenant, async (db) => {
      const data = () => Array.from({ length: 30 }, () => student("x".repeat(100_000)));
      if (!inTransaction) return db.student.createMany({ data: data() });
      return db.$transaction((tx) => tx.student.createMany({ data: data() }));
    });
  for (const inTransaction of [false, true])
    await expect(fill(inTransaction)).rejects.toMatchObject({ code: "limit", status: 429 });
});

test.for(placements)("in %s, who is suspended is refused in the middle of it", async (placement) => {
  const here = await homes.onboard(placement);
  const { id } = here.environment;
  const running = using(id, async (db) => {
    await db.student.count();
    await suspendEnvironment(await world.inEnvironment(homes.owner, id), { environment: id, reason: "" });
    await world.settle();
    for (;;) await db.student.count();
  });
  // Which of the two depends on who tells first, the database or Freehold.
  await expect(running).rejects.toMatchObject({
    code: expect.stringMatching(/^(tenant_inactive|unavailable)$/),
  });
  await vi.waitFor(
    async () =>
      expect(await using(id, (db) => db.student.count()).catch((error: unknown) => error)).toMatchObject({
        code: "tenant_inactive",
      }),
    { timeout: 10_000, interval: 50 },
  );
  expect(connections.figures().uses).toBe(0);
});

test("whoever gives up leaves no transaction behind", async () => {
  const tenant = await onboard("a pool");
  const giving = new AbortController();
  const running = connections.withDatabase(
    tenant,
    (database) =>
      openPrisma(database).$transaction(async (tx) => {
        await tx.student.create({ data: student("Given up") });
        giving.abort(new Error("Enough."));
        await tx.$queryRaw`SELECT pg_sleep(60)::text`;
      }),
    { signal: giving.signal },
  );
  await expect(running).rejects.toThrow("Enough.");
  expect(await using(tenant, (db) => db.student.count())).toBe(0);
});
