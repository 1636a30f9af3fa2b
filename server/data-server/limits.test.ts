import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { execute, pipeline, query, useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld({ executors: { spare: 2, most: 6, handles: 40, waitMs: 10_000 } });
const create = async (limits = {}) => (await world()).create(limits);

const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
const close = { type: "close" };

/** Sets the limit of a database that is made already, however busy the machine was with that. */
async function limitTo(database: Database, statementMs: number): Promise<void> {
  const { tokens } = await world();
  const access = tokens.get(database.token)!;
  tokens.set(database.token, { ...access, limits: { ...access.limits, statementMs } });
}

test("a statement that takes too long is ended, and the neighbours are answered meanwhile", async () => {
  const [slow, neighbour] = [await create({ statementMs: 3_000 }), await create()];
  let isOver = false;
  const ended = pipeline(slow, [execute(endless), close]).finally(() => (isOver = true));
  let answered = 0;
  for (; !isOver; answered++) expect(await query(neighbour, "SELECT 1")).toEqual([["1"]]);
  expect(await ended).toMatchObject({ status: 400, code: "SQLITE_INTERRUPT" });
  expect((await ended).message).toContain("3000 ms");
  expect(answered).toBeGreaterThan(1);
  await limitTo(slow, 60_000);
  expect(await query(slow, "SELECT 1")).toEqual([["1"]]);
});

test("many statements that are short each are not one that is long", async () => {
  const database = await create({ statementMs: 60_000 });
  const short =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n";
  const begun = performance.now();
  await query(database, short);
  await limitTo(database, 5 * (performance.now() - begun));
  const { status, results } = await pipeline(database, [
    ...Array.from({ length: 12 }, () => execute(short)),
    close,
  ]);
  expect(status).toBe(200);
  expect(results.every(({ type }) => type === "ok")).toBe(true);
});

test("a transaction ends with the statement that took too long, and others may write", async () => {
  const database = await create({ statementMs: 60_000 });
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  const { baton } = await pipeline(database, [
    execute("BEGIN IMMEDIATE"),
    execute("INSERT INTO item VALUES (1)"),
  ]);
  await limitTo(database, 500);
  expect(await pipeline(database, [execute(endless)], { baton })).toMatchObject({ code: "SQLITE_INTERRUPT" });
  await limitTo(database, 60_000);
  await query(database, "INSERT INTO item VALUES (2)");
  expect(await query(database, "SELECT id FROM item")).toEqual([["2"]]);
});

test("a request that takes too much memory is ended", async () => {
  const database = await create({ statementMs: 20_000, memoryMb: 32 });
  const hungry = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
    SELECT count(*) FROM (SELECT randomblob(100000) AS b FROM n ORDER BY b)`;
  expect(await pipeline(database, [execute(hungry), close])).toMatchObject({ code: "SQLITE_NOMEM" });
  await expect(query(database, "SELECT zeroblob(20000000)")).rejects.toMatchObject({ code: "SQLITE_TOOBIG" });
});

test("when an executor dies in a transaction, its own stream hears of it and no other database does", async () => {
  const [database, neighbour] = [await create(), await create()];
  for (const each of [database, neighbour]) await query(each, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  const begin = [execute("BEGIN IMMEDIATE"), execute("INSERT INTO item VALUES (1)")];
  const theirs = await pipeline(neighbour, begin);
  const { server } = await world();
  const before = new Set(
    server
      .executors()
      .filter(({ holds }) => holds > 0)
      .map(({ pid }) => pid),
  );
  const own = await pipeline(database, begin);
  const [holder] = server.executors().filter(({ pid, holds }) => holds > 0 && !before.has(pid));
  process.kill(holder!.pid, "SIGKILL");
  await expect.poll(() => server.executors().some(({ pid }) => pid === holder!.pid)).toBe(false);
  expect(await pipeline(database, [execute("COMMIT")], { baton: own.baton })).toMatchObject({
    status: 400,
    code: "BATON_INVALID",
  });
  expect(await query(database, "SELECT count(*) FROM item")).toEqual([["0"]]);
  expect(await pipeline(neighbour, [execute("COMMIT"), close], { baton: theirs.baton })).toMatchObject({
    status: 200,
  });
  expect(await query(neighbour, "SELECT count(*) FROM item")).toEqual([["1"]]);
});

test("an executor that dies while it runs something says so to that request alone", async () => {
  const database = await create({ statementMs: 60_000 });
  const { server } = await world();
  const running = pipeline(database, [execute(endless), close]);
  await expect.poll(() => server.executors().filter(({ isBusy }) => isBusy).length).toBe(1);
  const [busy] = server.executors().filter(({ isBusy }) => isBusy);
  process.kill(busy!.pid, "SIGKILL");
  expect(await running).toMatchObject({ status: 500, code: "SQLITE_ABORT" });
  expect(await query(database, "SELECT 1")).toEqual([["1"]]);
});

test("writers of one database wait for each other, and every row is there", async () => {
  const database = await create();
  await query(database, "CREATE TABLE counter (n INTEGER)");
  await query(database, "INSERT INTO counter VALUES (0)");
  const add = async () => {
    const first = await pipeline(database, [execute("BEGIN IMMEDIATE"), execute("SELECT n FROM counter")]);
    expect(first.results.map(({ type }) => type)).toEqual(["ok", "ok"]);
    const last = await pipeline(
      database,
      [execute("UPDATE counter SET n = n + 1"), execute("COMMIT"), close],
      { baton: first.baton },
    );
    expect(last.results.map(({ type }) => type)).toEqual(["ok", "ok", "ok"]);
  };
  await Promise.all(Array.from({ length: 12 }, add));
  await Promise.all(Array.from({ length: 30 }, () => query(database, "UPDATE counter SET n = n + 1")));
  expect(await query(database, "SELECT n FROM counter")).toEqual([["42"]]);
});

test("a writer that is in the way for too long is told as SQLITE_BUSY, and readers are not in its way", async () => {
  const database = await create();
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  let { baton } = await pipeline(database, [execute("BEGIN IMMEDIATE")]);
  let isOver = false;
  const waiting = query(database, "INSERT INTO item VALUES (1)")
    .catch((error: unknown) => error)
    .finally(() => (isOver = true));
  while (!isOver) {
    const kept = await pipeline(database, [execute("SELECT 1")], { baton });
    baton = kept.baton;
    expect(await query(database, "SELECT count(*) FROM item")).toEqual([["0"]]);
  }
  expect(await waiting).toMatchObject({ code: "SQLITE_BUSY" });
  await pipeline(database, [execute("ROLLBACK"), close], { baton });
});

test("one database does not fill the queue of the others, and is told when it has filled its own", async () => {
  const [greedy, neighbour] = [await create({ statementMs: 1_000 }), await create()];
  const requests = Array.from({ length: 140 }, () => pipeline(greedy, [execute(endless), close]));
  expect(await query(neighbour, "SELECT 1")).toEqual([["1"]]);
  const answers = await Promise.all(requests);
  expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(["SQLITE_INTERRUPT", "SQLITE_BUSY"]));
  expect(await query(greedy, "SELECT 1")).toEqual([["1"]]);
});

test("transactions that do nothing make room for others when all executors are taken", async () => {
  const idle = await Promise.all(Array.from({ length: 6 }, () => create()));
  await Promise.all(
    idle.map((database) => pipeline(database, [execute("BEGIN"), execute("SELECT 1 FROM sys_stamp")])),
  );
  expect(await query(await create(), "SELECT 1")).toEqual([["1"]]);
});

test("a thousand databases are served with a few open files", async () => {
  const databases: Database[] = [];
  const lane = async () => {
    while (databases.length < 1_000) {
      const database = await create();
      databases.push(database);
      const rows = await query(database, "SELECT tenant_id FROM sys_stamp");
      expect(rows).toEqual([[database.identity.tenant]]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  for (const database of databases.slice(0, 50)) expect(await query(database, "SELECT 1")).toEqual([["1"]]);
  const { server } = await world();
  expect(server.executors().every(({ databases: open }) => open <= 40)).toBe(true);
}, 180_000);

test("executors end with the server, even in the middle of a statement", async () => {
  const directory = mkdtempSync(join(tmpdir(), "freehold-data-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/typescript.mjs", "server/testing/children/serve-data.ts", directory],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const pids = JSON.parse(line.toString()) as number[];
  expect(pids.length).toBeGreaterThan(1);
  child.kill("SIGKILL");
  await expect.poll(() => pids.filter(isAlive), { timeout: 20_000 }).toEqual([]);
}, 120_000);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
