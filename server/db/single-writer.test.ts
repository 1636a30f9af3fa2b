import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createClient, type Client } from "@libsql/client";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { setting } from "@/drizzle/control/schema/settings";
import { runChild } from "@/server/testing/child";
import { createWorld, type World } from "@/server/testing/world";
import { singleWriter, type Durability } from "./single-writer";
import { withTransaction } from "./transaction";

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.end());
beforeEach(async () => {
  await world.db.delete(setting);
  await world.db.insert(setting).values({ key: "count", value: 0, updatedAt: new Date() });
});

const url = () => `file:${join(world.directory, "control.db")}`;
const where = eq(setting.key, "count");

async function count(): Promise<number> {
  const [row] = await world.db.select().from(setting).where(where);
  return Number(row?.value);
}

async function increment(): Promise<void> {
  await withTransaction(world.db, async (tx) => {
    const [row] = await tx.select().from(setting).where(where);
    await tx
      .update(setting)
      .set({ value: Number(row?.value) + 1 })
      .where(where);
  });
}

test("fifty transactions and reads at once lose nothing and see only whole states", async () => {
  const reads = Array.from({ length: 50 }, () => count());
  await Promise.all([...Array.from({ length: 50 }, increment), ...reads]);
  expect(await count()).toBe(50);
  for (const seen of await Promise.all(reads)) expect(Number.isInteger(seen)).toBe(true);
});

test("a transaction that fails leaves no trace and lets the next one in", async () => {
  const failing = withTransaction(world.db, async (tx) => {
    await tx.update(setting).set({ value: 99 }).where(where);
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  await increment();
  expect(await count()).toBe(1);
});

test("a reader beside an open transaction does not see what is not committed", async () => {
  await withTransaction(world.db, async (tx) => {
    await tx.update(setting).set({ value: 7 }).where(where);
    expect(await count()).toBe(0);
  });
  expect(await count()).toBe(7);
});

function causes(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...causes(error.cause)] : [];
}

const bypasses: Record<string, () => Promise<unknown>> = {
  "an insert": () => world.db.insert(setting).values({ key: "other", value: 1, updatedAt: new Date() }),
  "an update": () => world.db.update(setting).set({ value: 5 }).where(where),
  "a delete": () => world.db.delete(setting),
  "raw SQL": () => world.db.run(sql`update sys_setting set value = '5'`),
  "raw SQL that begins with a common table": () =>
    world.db.run(sql`with x as (select 1) update sys_setting set value = '5'`),
  "a batch": () => world.db.batch([world.db.update(setting).set({ value: 5 }).where(where)]),
  "a transaction of its own": () => withTransaction(world.db, (tx) => tx.delete(setting)),
};

test.for(Object.entries(bypasses))(
  "%s around the open transaction throws instead of waiting for ever",
  async ([, bypass]) => {
    await withTransaction(world.db, async () => {
      // A query of drizzle starts when it is awaited.
      const refused: unknown = await (async () => bypass())().catch((error: unknown) => error);
      expect(causes(refused)).toContain("A write bypasses the open transaction: pass tx.");
    });
    expect(await count()).toBe(0);
    await increment();
    expect(await count()).toBe(1);
  },
);

test("hundreds of transactions do not use up file descriptors", async () => {
  const open = () => readdirSync("/proc/self/fd").length;
  await increment();
  const before = open();
  for (let n = 0; n < 300; n++) await increment();
  expect(open()).toBeLessThanOrEqual(before + 4);
}, 20_000);

const insert = "insert into sys_setting (key, value, updated_at) values ('waited', '1', 0)";
const waits: Record<string, (client: Client) => Promise<unknown>> = {
  "a statement": (client) => client.execute(insert),
  "a statement that returns rows": (client) => client.execute(`${insert} returning key`),
  "a batch": (client) => client.batch([insert], "write"),
  "a script": (client) => client.executeMultiple(`begin immediate; ${insert}; commit;`),
  "a transaction": async (client) => {
    const transaction = await client.transaction("write");
    await transaction.execute(insert);
    await transaction.commit();
  },
};

test.for(Object.entries(waits))(
  "%s that had to wait for another process is committed and frees the lock",
  async ([, write]) => {
    let opened = 0;
    const open = () => {
      opened++;
      return createClient({ url: url(), timeout: 20 });
    };
    const waiting = singleWriter(open);
    const other = createClient({ url: url(), timeout: 20 });
    const lock = await other.transaction("write");
    const before = opened;
    const written = write(waiting);
    // A refused connection is replaced: then the write has waited.
    await vi.waitFor(() => expect(opened).toBeGreaterThan(before), { timeout: 4000 });
    await lock.commit();
    await written;
    const seen = await other.execute("select count(*) as n from sys_setting where key = 'waited'");
    expect(seen.rows[0]?.["n"]).toBe(1);
    await other.execute("delete from sys_setting where key = 'waited'");
    waiting.close();
    other.close();
  },
);

test("only a transaction that says so may be taken back by a power cut", async () => {
  const levels: Record<Durability, number> = { synced: 2, repeatable: 1 };
  const inTransaction = (durability?: Durability) =>
    withTransaction(
      world.db,
      async (tx) => {
        const [row] = await tx.all<{ synchronous: number }>(sql`pragma synchronous`);
        await tx.update(setting).set({ value: 1 }).where(where);
        return row?.synchronous;
      },
      durability,
    );
  const besides = async () => {
    const write = "update sys_setting set value = '1'";
    const [level] = await world.db.$client.batch(["pragma synchronous", write], "write");
    return level?.rows[0]?.["synchronous"];
  };
  for (const durability of ["repeatable", "synced", "repeatable"] as const) {
    expect(await inTransaction(durability)).toBe(levels[durability]);
    expect(await besides()).toBe(levels.synced);
    expect(await inTransaction(durability)).toBe(levels[durability]);
    expect(await inTransaction()).toBe(levels.synced);
  }
});

test("two processes that read, add and write two hundred times each lose nothing", async () => {
  const run = () => runChild("children/count-up.ts", { args: [url(), "200"] });
  const results = await Promise.all([run(), run()]);
  expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 0, stderr: "" },
    { code: 0, stderr: "" },
  ]);
  expect(await count()).toBe(400);
}, 30_000);
