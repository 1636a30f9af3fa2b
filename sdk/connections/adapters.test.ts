import "@/server/testing/door-settings";
import { eq } from "drizzle-orm";
import { drizzle as drizzleLibsql } from "drizzle-orm/libsql";
import { drizzle as drizzlePostgres } from "drizzle-orm/node-postgres";
import { pgTable, text as pgText } from "drizzle-orm/pg-core";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHomes, placements } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { createDoorWorld } from "@/server/testing/door-world";
import { ControlPlaneStore } from "../stores/control-plane-store";
import { Connections } from "./connections";
import { LibsqlDialect } from "./kysely-libsql";
import type { TenantDatabase } from "./tenant-database";

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

const columns = {
  id: text("id").primaryKey(),
  localNumber: text("local_number"),
  firstName: text("first_name"),
  lastName: text("last_name"),
};
const inSqlite = sqliteTable("students", columns);
const inPostgres = pgTable("students", {
  id: pgText("id").primaryKey(),
  localNumber: pgText("local_number"),
  firstName: pgText("first_name"),
  lastName: pgText("last_name"),
});
interface Tables {
  students: { id: string; local_number: string; first_name: string; last_name: string };
}

const row = (number: string) => ({
  id: crypto.randomUUID(),
  localNumber: number,
  firstName: "Ada",
  lastName: "Fox",
});
const plain = (number: string) => ({
  id: crypto.randomUUID(),
  local_number: number,
  first_name: "Ada",
  last_name: "Fox",
});

/** Writes `kept`, then `lost` in a transaction that fails; gives how many rows of both there are. */
type Library = (database: TenantDatabase, kept: string, lost: string) => Promise<number>;
const failed = new Error("Not now.");
const swallow = (error: unknown) => {
  if (error !== failed) throw error;
};

const libraries: Record<string, Library> = {
  async drizzle(database, kept, lost) {
    if (database.driver === "postgres") {
      const db = drizzlePostgres(database.postgres());
      await db.transaction((tx) => tx.insert(inPostgres).values(row(kept)));
      await db
        .transaction(async (tx) => {
          await tx.insert(inPostgres).values(row(lost));
          throw failed;
        })
        .catch(swallow);
      const [found, gone] = [kept, lost].map((number) =>
        db.select().from(inPostgres).where(eq(inPostgres.localNumber, number)),
      );
      return (await found)!.length + (await gone)!.length;
    }
    const db = drizzleLibsql(database.libsql());
    await db.transaction((tx) => tx.insert(inSqlite).values(row(kept)));
    await db
      .transaction(async (tx) => {
        await tx.insert(inSqlite).values(row(lost));
        throw failed;
      })
      .catch(swallow);
    const [found, gone] = [kept, lost].map((number) =>
      db.select().from(inSqlite).where(eq(inSqlite.localNumber, number)),
    );
    return (await found)!.length + (await gone)!.length;
  },
  async Kysely(database, kept, lost) {
    const dialect =
      database.driver === "postgres"
        ? new PostgresDialect({ pool: database.postgres() })
        : new LibsqlDialect(database.libsql());
    const db = new Kysely<Tables>({ dialect });
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("students")
      .values(plain(kept))
      .executeTakeFirstOrThrow();
    expect(numInsertedOrUpdatedRows).toBe(1n);
    await db
      .transaction()
      .execute(async (tx) => {
        await tx.insertInto("students").values(plain(lost)).execute();
        throw failed;
      })
      .catch(swallow);
    return (await db.selectFrom("students").select("id").where("local_number", "in", [kept, lost]).execute())
      .length;
  },
  async "the plain client"(database, kept, lost) {
    const sql =
      "INSERT INTO students (id, local_number, first_name, last_name) VALUES ($1, $2, 'Ada', 'Fox')";
    const select = "SELECT id FROM students WHERE local_number IN ($1, $2)";
    if (database.driver === "postgres") {
      const pool = database.postgres();
      await pool.query(sql, [crypto.randomUUID(), kept]);
      const client = await pool.connect();
      await client.query("BEGIN");
      await client.query(sql, [crypto.randomUUID(), lost]);
      await client.query("ROLLBACK");
      client.release();
      return (await pool.query(select, [kept, lost])).rows.length;
    }
    const client = database.libsql();
    const args = (number: string) => ({ $1: crypto.randomUUID(), $2: number });
    await client.execute({ sql, args: args(kept) });
    const transaction = await client.transaction("write");
    await transaction.execute({ sql, args: args(lost) });
    await transaction.rollback();
    return (await client.execute({ sql: select, args: { $1: kept, $2: lost } })).rows.length;
  },
};

describe.for(placements)("in %s", (placement) => {
  const id = () => tenants.get(placement) ?? "";

  test.for(Object.entries(libraries))("%s writes, rolls back and reads", async ([name, use]) => {
    const rows = await connections.withDatabase(id(), (database) =>
      use(database, `${name} kept`, `${name} lost`),
    );
    expect(rows).toBe(1);
  });

  test("a transaction of Kysely that nobody ended leaves nothing", async () => {
    await connections
      .withDatabase(id(), async (database) => {
        const dialect =
          database.driver === "postgres"
            ? new PostgresDialect({ pool: database.postgres() })
            : new LibsqlDialect(database.libsql());
        const tx = await new Kysely<Tables>({ dialect }).startTransaction().execute();
        await tx.insertInto("students").values(plain("left")).execute();
        throw failed;
      })
      .catch(swallow);
    const rows = await connections.withDatabase(id(), (database) =>
      database.query("SELECT id FROM students WHERE local_number = 'left'"),
    );
    expect(rows).toEqual([]);
  });

  test("the other kind of client is refused with a word", async () => {
    await connections.withDatabase(id(), async (database) => {
      const other = database.driver === "postgres" ? () => database.libsql() : () => database.postgres();
      expect(other).toThrow(/ask for/);
    });
  });
});
