import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePool, outcome, releaseOf, type TestPool } from "@/server/testing/pools/pool";
import { reference, school } from "@/server/testing/pools/school.data";
import { addTwo } from "@/server/testing/pools/two-tenants";
import { withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();
const release = releaseOf(school, { reference });
const next = releaseOf(
  [
    ...school,
    "create table clubs (id uuid primary key, student_id uuid not null references students (id))",
    "alter table students add column nick text; update students set nick = lower(last_name)",
  ],
  { reference },
);

const journal = ({ ask }: TestPool) =>
  ask<{ file: string }>("SELECT file FROM app.migration WHERE package NOT LIKE 'freehold.%' ORDER BY file");

test("two installations at once apply every migration once", async () => {
  const pool = await makePool(postgres);
  const applied = await Promise.all([next, next, next].map((one) => pool.driver.installRelease(one)));
  expect(applied.flat().toSorted()).toEqual(["0001_step.sql", "0002_step.sql", "0003_step.sql"]);
  expect(await journal(pool)).toHaveLength(3);
  expect(
    await pool.ask("SELECT status, version FROM app.package WHERE package <> 'freehold.canary'"),
  ).toEqual([{ status: "installed", version: "1.0.3" }]);
});

test("a change of rows reaches every tenant's rows, each by itself", async () => {
  const pool = await makePool(postgres);
  await pool.driver.installRelease(release);
  const { a, b, service } = await addTwo(pool);
  await pool.driver.installRelease(next);
  const sql = "SELECT nick FROM school.students";
  expect(await outcome(service, a.context, sql)).toEqual([{ nick: "ann" }]);
  expect(await outcome(service, b.context, sql)).toEqual([{ nick: "bob" }]);
});

test("an installation whose backend is killed leaves nothing half done, and goes on", async () => {
  const pool = await makePool(postgres);
  await pool.driver.installRelease(release);
  const slow = releaseOf([...school, "create table slow (id integer primary key); select pg_sleep(30)"], {
    reference,
  });
  const running = pool.driver.installRelease(slow).catch((error: unknown) => error);
  const sleeping =
    "SELECT pid FROM pg_stat_activity WHERE query = 'select pg_sleep(30)' AND state = 'active'";
  await expect.poll(async () => (await pool.ask(sleeping)).length, { interval: 10 }).toBe(1);
  await pool.ask(`SELECT pg_terminate_backend(pid) FROM (${sleeping}) AS s`);
  expect(await running).toBeInstanceOf(Error);
  expect(await pool.ask("SELECT to_regclass('school.slow') AS found")).toEqual([{ found: null }]);
  expect(await pool.driver.installRelease(next)).toEqual(["0002_step.sql", "0003_step.sql"]);
  expect(await pool.driver.findUnsafe()).toEqual([]);
});

const failpoints = [
  "pool.create.roles",
  "pool.create.database",
  "pool.install.recorded",
  "pool.install.migration",
];

test.each(failpoints)("a process that dies at %s is followed by one that goes on", async (failpoint) => {
  const pool = await makePool(postgres);
  await pool.driver.dropPool();
  const { key, readonlyPassword, readwritePassword } = pool.secrets;
  const secrets = [key, readonlyPassword, readwritePassword].map((secret) => secret.reveal());
  const child = spawnSync(
    process.execPath,
    [
      "--import",
      "./scripts/typescript.mjs",
      join(import.meta.dirname, "install-child.ts"),
      postgres.adminUrl().reveal(),
      pool.databaseName,
      JSON.stringify(secrets),
      JSON.stringify(next),
    ],
    { env: { ...process.env, FREEHOLD_FAILPOINT: failpoint }, encoding: "utf8" },
  );
  expect(child.signal, child.stderr).toBe("SIGKILL");
  await pool.driver.createPool();
  await pool.driver.installRelease(next);
  expect(await journal(pool)).toHaveLength(3);
  expect(await pool.driver.findUnsafe()).toEqual([]);
});

test("a migration that changed after it was applied is refused", async () => {
  const pool = await makePool(postgres);
  await pool.driver.installRelease(release);
  const changed = releaseOf([`${school[0]} create table more (id integer primary key)`], { reference });
  await expect(pool.driver.installRelease(changed)).rejects.toMatchObject({ code: "conflict" });
});

const misplaced = [
  { title: "a schema of Freehold", schema: "app", says: "not for packages" },
  { title: "a schema of Postgres", schema: "pg_catalog", says: "not for packages" },
];

test.each(misplaced)("a package in $title is refused", async ({ schema, says }) => {
  const pool = await makePool(postgres);
  await expect(pool.driver.installRelease(releaseOf(school, { schema }))).rejects.toThrow(says);
});

test("a schema belongs to one package", async () => {
  const pool = await makePool(postgres);
  await pool.driver.installRelease(release);
  const thief = { ...releaseOf(["create table t (id integer primary key)"]), package: "org.example.thief" };
  await expect(pool.driver.installRelease(thief)).rejects.toMatchObject({ code: "conflict" });
});

test("two packages may each have a table of the same name", async () => {
  const pool = await makePool(postgres);
  const users = [
    "create table users (id integer primary key)",
    "create table notes (id integer primary key, author integer not null references users (id))",
  ];
  for (const schema of ["first", "second"]) await pool.driver.installRelease(releaseOf(users, { schema }));
  const targets = await pool.ask<{ at: string }>(
    "SELECT confrelid::regclass::text AS at FROM pg_constraint WHERE conname = 'notes_author_fkey' ORDER BY 1",
  );
  expect(targets).toEqual([{ at: "first.users" }, { at: "second.users" }]);
});

test("a primary key that rows of several tenants would not share is refused with the reason", async () => {
  const pool = await makePool(postgres);
  const first = "create table a (id integer primary key, n integer not null)";
  await pool.driver.installRelease(releaseOf([first]));
  const service = pool.service();
  for (const { context } of [await pool.tenant(), await pool.tenant()])
    expect(await outcome(service, context, "INSERT INTO school.a VALUES (1, 1)")).toBe("INSERT 1");
  const next = releaseOf([first, "alter table a drop constraint a_pkey, add primary key (n)"]);
  await expect(pool.driver.installRelease(next)).rejects.toThrow("school.a: its primary key stays");
});

test("a package that disturbs another one's tables is undone", async () => {
  const pool = await makePool(postgres);
  await pool.driver.installRelease(release);
  const bully = releaseOf(
    ["create table t (id integer primary key); alter table school.schools disable row level security"],
    { schema: "bully", reference: ["schools"] },
  );
  await pool.driver.installRelease(bully);
  expect(await pool.driver.findUnsafe()).toEqual([]);
  const worse = releaseOf(
    [
      "create table t (id integer primary key); alter table school.schools disable row level security",
      "drop policy tenant_base on school.schools",
    ],
    { schema: "bully" },
  );
  await expect(pool.driver.installRelease(worse)).rejects.toMatchObject({ code: "invalid" });
  expect(await pool.driver.findUnsafe()).toEqual([]);
});

test("no code of a package leaves its role for the installer's and writes another one's record", async () => {
  const pool = await makePool(postgres);
  await pool.driver.installRelease(release);
  const records = () => pool.ask("SELECT package, checksum, reference FROM app.package ORDER BY 1");
  const before = await records();
  const thief = releaseOf(
    [
      `create function leave() returns boolean language plpgsql as $$ begin execute 'set role none';
        execute 'update app.package set checksum = ''stolen'' where schema = ''school''';
        execute 'set role ${pool.roles.owner}'; return true; end $$;
      create table t (id integer primary key, n boolean); insert into t values (1, leave()); drop function leave()`,
    ],
    { schema: "thief", reference: ["t"] },
  );
  await expect(pool.driver.installRelease(thief)).rejects.toMatchObject({ code: "invalid" });
  expect(await records()).toEqual(before);
});
