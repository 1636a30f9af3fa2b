import { describe, expect, test } from "vitest";
import { mostBodyBytes } from "./read-body";
import { execute, pipeline, query, send, useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld();
const create = async () => (await world()).create();
const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` });
const close = { type: "close" };

describe("a request that is not one is refused", () => {
  const refused: [string, (database: Database) => Parameters<typeof send>[1], number, string][] = [
    ["a wrong method", () => ({ method: "GET", path: "/v2/pipeline" }), 405, "METHOD_NOT_ALLOWED"],
    ["a method to change", () => ({ method: "PUT", path: "/v2" }), 405, "METHOD_NOT_ALLOWED"],
    ["a wrong path", () => ({ path: "/v2/pipelines" }), 404, "NOT_FOUND"],
    ["the first version", () => ({ path: "/v1/execute" }), 404, "NOT_FOUND"],
    ["protobuf", () => ({ path: "/v3-protobuf/pipeline" }), 404, "NOT_FOUND"],
    ["no token", () => ({}), 401, "AUTH_HTTP_HEADER_MISSING"],
    [
      "another scheme",
      () => ({ headers: { authorization: "Basic eDp5" } }),
      401,
      "AUTH_HTTP_HEADER_UNSUPPORTED_SCHEME",
    ],
    ["an empty token", () => ({ headers: { authorization: "Bearer " } }), 401, "AUTH_HTTP_HEADER_INVALID"],
    ["two tokens", () => ({ headers: { authorization: "Bearer a b" } }), 401, "AUTH_HTTP_HEADER_INVALID"],
    ["a wrong token", () => ({ headers: { authorization: "Bearer nobody" } }), 401, "AUTH_FAILED"],
    ["no body", (database) => ({ headers: bearer(database) }), 400, "HRANA_PROTO_ERROR"],
    ["no JSON", (database) => ({ headers: bearer(database), body: "{" }), 400, "HRANA_PROTO_ERROR"],
    ["a list", (database) => ({ headers: bearer(database), body: "[]" }), 400, "HRANA_PROTO_ERROR"],
    [
      "requests that are none",
      (database) => ({ headers: bearer(database), body: '{"requests":5}' }),
      400,
      "HRANA_PROTO_ERROR",
    ],
    [
      "a compressed body",
      (database) => ({ headers: { ...bearer(database), "content-encoding": "gzip" }, body: "{}" }),
      415,
      "UNSUPPORTED_ENCODING",
    ],
    [
      "a baton that is none",
      (database) => ({ headers: bearer(database), body: '{"baton":"x","requests":[]}' }),
      400,
      "BATON_INVALID",
    ],
    [
      "a baton that is a number",
      (database) => ({ headers: bearer(database), body: '{"baton":7,"requests":[]}' }),
      400,
      "BATON_INVALID",
    ],
    [
      "a huge body",
      (database) => ({ headers: bearer(database), body: Buffer.alloc(mostBodyBytes + 1, " ") }),
      413,
      "REQUEST_TOO_LARGE",
    ],
    [
      "two hosts",
      () => ({ headers: ["host", "a.test", "host", "b.test", "content-length", "0"] }),
      400,
      "HOST_INVALID",
    ],
    ["no host name", (database) => ({ headers: { ...bearer(database), host: "a_b!" } }), 400, "HOST_INVALID"],
    [
      "an absolute address",
      (database) => ({ headers: bearer(database), path: `${database.url}v2/pipeline` }),
      404,
      "NOT_FOUND",
    ],
  ];

  test.each(refused)("%s", async (_what, make, status, code) => {
    const database = await create();
    const raw = make(database);
    const given = await send(database.url, {
      path: `/${database.identity.databaseName}/v2/pipeline`,
      ...raw,
    });
    expect(JSON.parse(given.text)).toMatchObject({ code, message: expect.any(String) });
    expect(given.status).toBe(status);
  });
});

test.each([
  ["..", 404],
  ["%2e%2e%2fcontrol", 404],
  ["env_" + "a".repeat(31), 404],
  ["env_" + "A".repeat(32), 404],
  [`env_${"a".repeat(32)}%00`, 404],
  ["env_aa%2f..%2f..%2fetc%2fpasswd", 404],
  ["C:\\databases", 404],
  ["\\\\host\\share", 404],
  ["NUL", 404],
  ["😀", 404],
  ["ｅnv_" + "a".repeat(32), 404],
  ["x".repeat(8_000), 404],
  ["file:secret.db", 404],
  [`env_${"a".repeat(32)}.db`, 404],
  [`env_${"a".repeat(32)}`, 404],
  ["00000000-0000-4000-8000-00000000000A", 404],
])("the name %s in a path opens nothing", async (name, status) => {
  const database = await create();
  const path = `/${encodeURI(name).replaceAll("%25", "%")}/v2/pipeline`;
  const given = await send(database.url, { path, headers: bearer(database), body: '{"requests":[]}' });
  expect(given.status).toBe(status);
  expect(given.text).not.toMatch(/\.db|tmp|ENOENT|databases/);
});

test.each(["/v2", "/v3", "/v3/"])(
  "GET %s says that the version is there, for every database",
  async (path) => {
    const { url, identity } = await create();
    expect(await send(url, { method: "GET", path })).toMatchObject({ status: 200 });
    expect(await send(url, { method: "GET", path: `/${identity.databaseName}${path}` })).toMatchObject({
      status: 200,
    });
  },
);

test("there is no protobuf, and health says so if it is well", async () => {
  const { url } = await create();
  expect(await send(url, { method: "GET", path: "/v3-protobuf" })).toMatchObject({ status: 404 });
  expect(await send(url, { method: "GET", path: "/health" })).toMatchObject({
    status: 200,
    text: '{"status":"ok"}',
  });
});

test("a database is found by its host name, in any spelling of it", async () => {
  const database = await create();
  (await world()).hostnames.set("acme-prod.db.test", database.identity.tenant);
  for (const host of ["acme-prod.db.test", "ACME-prod.db.test.", "acme-prod.db.test:8443"]) {
    const body = JSON.stringify({ requests: [execute("SELECT 1"), close] });
    const given = await send(database.url, {
      path: "/v2/pipeline",
      headers: { ...bearer(database), host },
      body,
    });
    expect(given).toMatchObject({ status: 200 });
  }
  const other = await send(database.url, {
    path: "/v2/pipeline",
    headers: { ...bearer(database), host: "acme-prod.db.test.evil.test" },
    body: '{"requests":[]}',
  });
  expect(other.status).toBe(404);
});

describe("a baton", () => {
  const begin = [execute("BEGIN"), { type: "get_autocommit" }];

  test("goes on with its stream, once", async () => {
    const database = await create();
    const first = await pipeline(database, begin);
    expect(first.results[1]?.response).toMatchObject({ is_autocommit: false });
    const second = await pipeline(database, [{ type: "get_autocommit" }], { baton: first.baton });
    expect(second.results[0]?.response).toMatchObject({ is_autocommit: false });
    expect(second.baton).not.toBe(first.baton);
    const reused = await pipeline(database, [], { baton: first.baton });
    expect(reused).toMatchObject({ status: 400, code: "BATON_INVALID" });
    const third = await pipeline(database, [execute("COMMIT"), close], { baton: second.baton });
    expect(third).toMatchObject({ status: 200, baton: null });
  });

  test("of another token of the same database does nothing, and stays good", async () => {
    const database = await create();
    const { issue } = await world();
    const other = { ...database, token: issue(database.identity, "admin") };
    const { baton } = await pipeline(database, begin);
    expect(await pipeline(other, [], { baton })).toMatchObject({ status: 400, code: "BATON_INVALID" });
    expect(await pipeline(database, [close], { baton })).toMatchObject({ status: 200 });
  });

  test("of another database does nothing, and stays good", async () => {
    const [database, other] = [await create(), await create()];
    const { baton } = await pipeline(database, begin);
    expect(await pipeline(other, [], { baton })).toMatchObject({ status: 400, code: "BATON_INVALID" });
    const mixed = { url: other.url, token: database.token };
    expect(await pipeline(mixed, [], { baton })).toMatchObject({ status: 404 });
    expect(await pipeline(database, [close], { baton })).toMatchObject({ status: 200 });
  });

  test("used twice at once serves one of the two", async () => {
    const database = await create();
    const { baton } = await pipeline(database, begin);
    const both = await Promise.all([1, 2].map(() => pipeline(database, [execute("SELECT 1")], { baton })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  });
});

test("a stream without a transaction goes on wherever there is room", async () => {
  const database = await create();
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  let baton: string | null = null;
  for (let id = 1; id <= 5; id++) {
    const answer = await pipeline(database, [execute(`INSERT INTO item VALUES (${id})`)], { baton });
    baton = answer.baton;
  }
  expect(await query(database, "SELECT count(*) FROM item")).toEqual([["5"]]);
});

test("stored texts belong to their stream", async () => {
  const database = await create();
  const first = await pipeline(database, [
    { type: "store_sql", sql_id: 3, sql: "SELECT ? + 1" },
    { type: "execute", stmt: { sql_id: 3, args: [{ type: "integer", value: "41" }] } },
    { type: "store_sql", sql_id: 3, sql: "SELECT 2" },
  ]);
  expect(first.results[1]?.response).toMatchObject({
    result: { rows: [[{ type: "integer", value: "42" }]] },
  });
  expect(first.results[2]?.error).toMatchObject({ code: "SQL_STORE_EXISTS" });
  const second = await pipeline(
    database,
    [
      { type: "sequence", sql_id: 3 },
      { type: "close_sql", sql_id: 3 },
      { type: "describe", sql_id: 3 },
    ],
    { baton: first.baton },
  );
  expect(second.results.map(({ type }) => type)).toEqual(["error", "ok", "error"]);
  expect(second.results[2]?.error).toMatchObject({ code: "SQL_NOT_FOUND" });
  const elsewhere = await pipeline(database, [{ type: "execute", stmt: { sql_id: 3 } }]);
  expect(elsewhere.results[0]?.error).toMatchObject({ code: "SQL_NOT_FOUND" });
});

test("a text that is stored with a statement that waits for a writer is stored once", async () => {
  const database = await create();
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY)");
  const writer = await pipeline(database, [execute("BEGIN IMMEDIATE")]);
  const waiting = pipeline(database, [
    { type: "store_sql", sql_id: 1, sql: "INSERT INTO item VALUES (1)" },
    { type: "execute", stmt: { sql_id: 1 } },
  ]);
  // It is asked again and again meanwhile.
  for (let reads = 0; reads < 30; reads++) await query(database, "SELECT count(*) FROM item");
  await pipeline(database, [execute("ROLLBACK"), { type: "close" }], { baton: writer.baton });
  const { results, baton } = await waiting;
  expect(results.map(({ type }) => type)).toEqual(["ok", "ok"]);
  const again = await pipeline(database, [{ type: "describe", sql_id: 1 }], { baton });
  expect(again.results[0]?.response).toMatchObject({ result: { is_readonly: false } });
});

test("describe tells of parameters, columns and what a statement does", async () => {
  const database = await create();
  await query(database, "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
  const sqls = [
    "SELECT id, name AS n, 'a ? b' FROM item WHERE id = ? AND name = :name AND id > ?2 -- ?",
    "EXPLAIN DELETE FROM item",
    "INSERT INTO item VALUES ($a, @b)",
  ];
  const { results } = await pipeline(
    database,
    sqls.map((sql) => ({ type: "describe", sql })),
  );
  expect(results.map(({ response }) => response["result"])).toMatchObject([
    {
      params: [{ name: null }, { name: ":name" }],
      cols: [{ name: "id", decltype: "INTEGER" }, { name: "n", decltype: "TEXT" }, { decltype: null }],
      is_explain: false,
      is_readonly: true,
    },
    { is_explain: true },
    { params: [{ name: "$a" }, { name: "@b" }], cols: [], is_readonly: false },
  ]);
  expect(await query(database, "SELECT count(*) FROM item")).toEqual([["0"]]);
});

test("an unknown request, a failed one and a good one are answered each for itself", async () => {
  const database = await create();
  const { results } = await pipeline(database, [
    { type: "explode" },
    null,
    execute("SELEC"),
    { type: "execute", stmt: { sql: "SELECT 1", args: [{ type: "date", value: "x" }] } },
    { type: "execute", stmt: { sql: "SELECT 1", sql_id: 1 } },
    {
      type: "execute",
      stmt: { sql: "SELECT :a", args: [], named_args: [{ name: "a", value: { type: "null" } }] },
    },
    { type: "batch", batch: { steps: [{ stmt: { sql: "SELECT 1" }, condition: { type: "ok", step: 9 } }] } },
    execute("SELECT 1"),
    close,
    execute("SELECT 1"),
  ]);
  const codes = results.map(({ error }) => error?.code ?? "ok");
  const bad = "HRANA_PROTO_ERROR";
  expect(codes).toEqual([bad, bad, "SQL_PARSE_ERROR", bad, bad, "ok", bad, "ok", "ok", bad]);
});
