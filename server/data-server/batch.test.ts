import { expect, test } from "vitest";
import { execute, pipeline, query, send, useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld({ quietMs: 2_000 });
const create = async () => (await world()).create();
const close = { type: "close" };

const steps = [
  { stmt: { sql: "SELECT 1" } },
  { stmt: { sql: "SELEC" } },
  { stmt: { sql: "SELECT 'ok'" }, condition: { type: "ok", step: 0 } },
  { stmt: { sql: "SELECT 'not'" }, condition: { type: "ok", step: 1 } },
  { stmt: { sql: "SELECT 'error'" }, condition: { type: "error", step: 1 } },
  { stmt: { sql: "SELECT 'not skipped'" }, condition: { type: "error", step: 3 } },
  { stmt: { sql: "BEGIN" }, condition: { type: "not", cond: { type: "ok", step: 1 } } },
  { stmt: { sql: "SELECT 'in'" }, condition: { type: "not", cond: { type: "is_autocommit" } } },
  {
    stmt: { sql: "ROLLBACK" },
    condition: {
      type: "and",
      conds: [
        { type: "ok", step: 0 },
        {
          type: "or",
          conds: [
            { type: "error", step: 0 },
            { type: "ok", step: 6 },
          ],
        },
      ],
    },
  },
  { stmt: { sql: "SELECT 'none'" }, condition: { type: "or", conds: [] } },
  { stmt: { sql: "SELECT 'all'" }, condition: { type: "and", conds: [] } },
];
const outcomes = ["ok", "error", "ok", "skipped", "ok", "skipped", "ok", "ok", "ok", "skipped", "ok"];

test("the conditions of a batch decide which steps run", async () => {
  const { results } = await pipeline(await create(), [{ type: "batch", batch: { steps } }, close]);
  const { step_results: given, step_errors: errors } = results[0]!.response["result"] as {
    step_results: unknown[];
    step_errors: unknown[];
  };
  expect(given.map((result, index) => (result ? "ok" : errors[index] ? "error" : "skipped"))).toEqual(
    outcomes,
  );
});

/** The lines of a cursor. */
async function cursor(database: Database, batch: unknown) {
  const path = `/${database.identity.databaseName}/v3/cursor`;
  const given = await send(database.url, {
    path,
    headers: { authorization: `Bearer ${database.token}` },
    body: JSON.stringify({ batch }),
  });
  const [head, ...entries] = given.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { head, entries };
}

test("a cursor gives a batch line by line, and a baton to go on with", async () => {
  const database = await create();
  const { head, entries } = await cursor(database, { steps });
  const begun = entries.filter(({ type }) => type === "step_begin").map(({ step }) => step);
  expect(begun).toEqual(outcomes.flatMap((outcome, step) => (outcome === "ok" ? [step] : [])));
  expect(entries.filter(({ type }) => type === "step_error")).toMatchObject([
    { step: 1, error: { code: "SQL_PARSE_ERROR" } },
  ]);
  expect(entries.slice(0, 3)).toMatchObject([
    { type: "step_begin", step: 0, cols: [{ name: "1" }] },
    { type: "row", row: [{ type: "integer", value: "1" }] },
    { type: "step_end", affected_row_count: 0 },
  ]);
  const next = await pipeline(database, [execute("SELECT 1"), close], { baton: head?.["baton"] });
  expect(next).toMatchObject({ status: 200, baton: null });
});

test("a large cursor comes in pieces, whole and in order", async () => {
  const sql =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) SELECT i, hex(zeroblob(50)) FROM n";
  const { entries } = await cursor(await create(), { steps: [{ stmt: { sql } }] });
  const rows = entries
    .filter(({ type }) => type === "row")
    .map(({ row }) => Number((row as { value: string }[])[0]?.value));
  expect(rows).toEqual(Array.from({ length: 9000 }, (_, index) => index + 1));
});

test("a batch that is none ends a cursor with an error", async () => {
  const { entries } = await cursor(await create(), { steps: 1 });
  expect(entries).toMatchObject([{ type: "error", error: { code: "HRANA_PROTO_ERROR" } }]);
});

test("limits on rows and bytes end a result with a sentence, and a change with it", async () => {
  const database = await (await world()).create({ rows: 10, resultBytes: 2_000 });
  const numbers = (n: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${n}) SELECT i FROM n`;
  await expect(query(database, numbers(11))).rejects.toMatchObject({ code: "RESPONSE_TOO_LARGE" });
  await expect(query(database, "SELECT hex(zeroblob(2000))")).rejects.toMatchObject({
    code: "RESPONSE_TOO_LARGE",
  });
  expect(await query(database, numbers(10))).toHaveLength(10);
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  await expect(query(database, `INSERT INTO item ${numbers(11)} RETURNING id`)).rejects.toMatchObject({
    code: "RESPONSE_TOO_LARGE",
  });
  expect(await query(database, "SELECT count(*) FROM item")).toEqual([["0"]]);
  await query(database, `INSERT INTO item ${numbers(11)}`);
  expect(await query(database, "SELECT count(*) FROM item")).toEqual([["11"]]);
});

test("a database does not grow beyond its limit", async () => {
  const database = await (await world()).create({ sizeMb: 1 });
  await query(database, "CREATE TABLE item (data BLOB)");
  const failing = query(database, "INSERT INTO item VALUES (zeroblob(2000000))");
  await expect(failing).rejects.toMatchObject({
    code: "SQLITE_FULL",
    message: "The database has reached its limit of 1 MB.",
  });
});

test("a stream that is quiet for too long is over and its transaction undone", async () => {
  const database = await create();
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  const { baton } = await pipeline(database, [
    execute("BEGIN IMMEDIATE"),
    execute("INSERT INTO item VALUES (1)"),
  ]);
  await expect
    .poll(
      () =>
        query(database, "INSERT INTO item VALUES (1)").then(
          () => "written",
          () => "busy",
        ),
      { timeout: 20_000 },
    )
    .toBe("written");
  expect(await pipeline(database, [], { baton })).toMatchObject({ status: 400, code: "BATON_INVALID" });
});

test("who used what is told in samples, not with every request", async () => {
  const database = await create();
  const { samples } = await world();
  for (let turn = 0; turn < 20; turn++) await query(database, "SELECT 1");
  const own = () => samples.filter(({ tenant }) => tenant === database.identity.tenant);
  await expect.poll(own).not.toEqual([]);
  expect(own().length).toBeLessThan(20);
  expect(own()[0]).toMatchObject({ credentialId: expect.any(String), at: expect.any(Date) });
  expect(own()[0]?.sizeBytes).toBeGreaterThan(4_096);
});
