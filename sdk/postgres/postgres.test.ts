import { drizzle } from "drizzle-orm/node-postgres";
import { sql } from "drizzle-orm";
import { pgSchema, uuid, text } from "drizzle-orm/pg-core";
import { Kysely, PostgresDialect } from "kysely";
import type { Pool } from "pg";
import { expect, test } from "vitest";
import { releaseOf, withPool } from "@/server/testing/pools/pool";
import { reference, school } from "@/server/testing/pools/school.data";
import { addTwo } from "@/server/testing/pools/two-tenants";
import { withPostgres } from "@/server/testing/postgres";
import { openServicePool, withTenant, type TenantPool } from "./with-tenant";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));
const names = "SELECT name FROM school.schools ORDER BY name";
const rowsOf = async (tenant: TenantPool, query = names) => (await tenant.query(query)).rows;

async function oneConnection() {
  const { pool, a, b } = await addTwo(shared());
  return { a, b, service: pool.service({ max: 1 }) };
}

test("a statement goes out with its context, and neither outlives it", async () => {
  const { service, a, b } = await oneConnection();
  expect(await withTenant(service, a.context, (tenant) => rowsOf(tenant))).toEqual([{ name: "Ann" }]);
  expect(await withTenant(service, b.context, (tenant) => rowsOf(tenant))).toEqual([{ name: "Bob" }]);
  const { rows } = await service.query("SELECT current_setting('app.current_tenant', true) AS tenant");
  expect(rows[0]?.tenant).toBe("");
  expect((await service.query(names)).rows).toEqual([]);
});

test.each(["superuser", "bypassing", "owner"] as const)(
  "a login that no fence holds back is refused before its first statement: %s",
  async (kind) => {
    const { pool, a } = await addTwo(shared());
    const own = `fhp_${pool.databaseName.replace("pool_", "")}_owner`;
    if (kind !== "superuser") {
      await pool.ask(`DROP ROLE IF EXISTS free_${kind}`);
      await pool.ask(
        `CREATE ROLE free_${kind} LOGIN PASSWORD 'pw'${kind === "bypassing" ? " BYPASSRLS" : ` IN ROLE ${own}`}`,
      );
      await pool.ask(`GRANT CONNECT ON DATABASE ${pool.databaseName} TO free_${kind}`);
    }
    const url = new URL(postgres.adminUrl().reveal());
    url.pathname = pool.databaseName;
    if (kind !== "superuser") [url.username, url.password] = [`free_${kind}`, "pw"];
    const service = openServicePool({ connectionString: url.href, ssl: false, max: 1 });
    await expect(withTenant(service, a.context, (tenant) => rowsOf(tenant))).rejects.toThrow(
      /sees every tenant's rows/,
    );
    await service.end();
    if (kind !== "superuser") {
      await pool.ask(`REVOKE CONNECT ON DATABASE ${pool.databaseName} FROM free_${kind}`);
      await pool.ask(`DROP ROLE free_${kind}`);
    }
  },
);

test("a transaction happens as a whole or not at all", async () => {
  const { service, a } = await oneConnection();
  await withTenant(service, a.context, (tenant) =>
    tenant.transaction(async (connection) => {
      await connection.query("INSERT INTO school.schools (id, name) VALUES (gen_random_uuid(), $1)", ["Two"]);
      await connection.query("SAVEPOINT here");
      await expect(connection.query("SELECT 1 / 0")).rejects.toMatchObject({ code: "22012" });
      await connection.query("ROLLBACK TO SAVEPOINT here");
    }),
  );
  const failing = withTenant(service, a.context, (tenant) =>
    tenant.transaction(async (connection) => {
      await connection.query("DELETE FROM school.schools");
      throw new Error("Not now.");
    }),
  );
  await expect(failing).rejects.toThrow("Not now.");
  expect(await withTenant(service, a.context, (tenant) => rowsOf(tenant))).toEqual([
    { name: "Ann" },
    { name: "Two" },
  ]);
});

test("whoever gives up leaves no connection behind, and does not wait", async () => {
  const { service, a } = await oneConnection();
  const controller = new AbortController();
  const { signal } = controller;
  const slow = withTenant(service, a.context, (tenant) => tenant.query("SELECT pg_sleep(60)"), { signal });
  const waiting = withTenant(service, a.context, (tenant) => tenant.query(names), { signal });
  const before = Date.now();
  controller.abort(new Error("No more."));
  await expect(slow).rejects.toThrow("No more.");
  await expect(waiting).rejects.toThrow("No more.");
  expect(await withTenant(service, a.context, (tenant) => rowsOf(tenant))).toEqual([{ name: "Ann" }]);
  expect(Date.now() - before).toBeLessThan(5_000);
  expect(service.totalCount).toBeLessThanOrEqual(1);
  await expect(withTenant(service, a.context, (tenant) => rowsOf(tenant), { signal })).rejects.toThrow(
    "No more.",
  );
});

test("two hundred tenants on eight connections, with callers that give up, see their own rows", async () => {
  const pool = shared();
  const tenants = await Promise.all(Array.from({ length: 200 }, () => pool.tenant()));
  const service = pool.service();
  const tag = (at: number) => `tenant ${at}`;
  await Promise.all(
    tenants.map(({ context }, at) =>
      withTenant(service, context, (tenant) =>
        tenant.query(
          "INSERT INTO school.schools (id, name) VALUES ('00000000-0000-4000-8000-000000000001', $1)",
          [tag(at)],
        ),
      ),
    ),
  );
  const answers = await Promise.allSettled(
    Array.from({ length: 1_000 }, (_, turn) => {
      const at = (turn * 37) % tenants.length;
      const controller = new AbortController();
      if (turn % 7 === 0) setImmediate(() => controller.abort(new Error("gone")));
      const one = (tenant: TenantPool) =>
        tenant.query({ name: "names", text: names }).then(({ rows }) => rows);
      const whole = (tenant: TenantPool) =>
        tenant.transaction(async (connection) => {
          await connection.query("UPDATE school.schools SET name = name");
          if (turn % 11 === 0) throw new Error("gone");
          return (await connection.query(names)).rows;
        });
      const { signal } = controller;
      return withTenant(service, tenants[at]!.context, turn % 3 === 0 ? whole : one, { signal }).then(
        (rows) => ({ at, rows }),
      );
    }),
  );
  const wrong = answers.filter((answer) =>
    answer.status === "fulfilled"
      ? JSON.stringify(answer.value.rows) !== JSON.stringify([{ name: tag(answer.value.at) }])
      : answer.reason.message !== "gone",
  );
  expect(wrong).toEqual([]);
  expect(answers.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(700);
  expect(service.totalCount).toBeLessThanOrEqual(8);
}, 60_000);

test("a prepared statement serves fifty tenants, twenty times each", async () => {
  const pool = shared();
  const tenants = await Promise.all(Array.from({ length: 50 }, () => pool.tenant()));
  const service = pool.service({ max: 2 });
  const insert = {
    name: "insert",
    text: "INSERT INTO school.schools (id, name) VALUES (gen_random_uuid(), $1)",
  };
  const read = { name: "read", text: "SELECT name FROM school.schools WHERE name <> $1 ORDER BY name" };
  for (const { context, tenant: id } of tenants)
    await withTenant(service, context, (tenant) => tenant.query({ ...insert, values: [id] }));
  for (let turn = 0; turn < 20; turn++)
    await Promise.all(
      tenants.map(async ({ context, tenant: id }) => {
        const { rows } = await withTenant(service, context, (tenant) =>
          tenant.query({ ...read, values: ["x"] }),
        );
        expect(rows).toEqual([{ name: id }]);
      }),
    );
});

const schools = pgSchema("school").table("schools", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
});

test("drizzle reads and writes as the tenant, in transactions too", async () => {
  const { service, a, b } = await oneConnection();
  const seen = await withTenant(service, a.context, async (tenant) => {
    const db = drizzle(asPool(tenant));
    const prepared = db
      .select()
      .from(schools)
      .where(sql`true`)
      .prepare("drizzle_names");
    await db.transaction(async (tx) => {
      await tx.insert(schools).values({ id: crypto.randomUUID(), name: "By drizzle" });
      await tx
        .update(schools)
        .set({ name: "Anna" })
        .where(sql`name = 'Ann'`);
    });
    const failing = db.transaction(async (tx) => {
      await tx.delete(schools);
      throw new Error("Not now.");
    });
    await expect(failing).rejects.toThrow("Not now.");
    return (await prepared.execute()).map(({ name }) => name);
  });
  expect(seen.toSorted()).toEqual(["Anna", "By drizzle"]);
  expect(await withTenant(service, b.context, (tenant) => rowsOf(tenant))).toEqual([{ name: "Bob" }]);
});

// A pool of one tenant has what drizzle asks of a pool.
const asPool = (tenant: TenantPool) => tenant as unknown as Pool;

interface Tables {
  "school.schools": { id: string; name: string };
}

test("Kysely reads and writes as the tenant, in transactions too", async () => {
  const { service, a, b } = await oneConnection();
  const seen = await withTenant(service, a.context, async (tenant) => {
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: asKyselyPool(tenant) }) });
    await db.transaction().execute(async (tx) => {
      await tx.insertInto("school.schools").values({ id: crypto.randomUUID(), name: "By Kysely" }).execute();
    });
    return db.selectFrom("school.schools").select("name").orderBy("name").execute();
  });
  expect(seen).toEqual([{ name: "Ann" }, { name: "By Kysely" }]);
  expect(await withTenant(service, b.context, (tenant) => rowsOf(tenant))).toEqual([{ name: "Bob" }]);
});

const asKyselyPool = (tenant: TenantPool) =>
  tenant as unknown as ConstructorParameters<typeof PostgresDialect>[0]["pool"];
