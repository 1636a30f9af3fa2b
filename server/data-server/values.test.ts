import { expect, test } from "vitest";
import { pipeline, useDataWorld, type Database } from "@/server/testing/data-world";

const world = useDataWorld();
let made: Promise<Database> | undefined;

interface Value {
  type: string;
  value?: unknown;
  base64?: string;
}

async function roundTrip(value: unknown): Promise<{ status: number; given: unknown; text: string }> {
  made ??= world().then(({ create }) => create());
  const database = await made;
  const stmt = { sql: "SELECT ?1, typeof(?1)", args: [value] };
  const { status, results } = await pipeline(database, [{ type: "execute", stmt }, { type: "close" }]);
  const row = (results[0]?.response?.["result"] as { rows: [Value, Value][] } | undefined)?.rows[0];
  return { status, given: row?.[0] ?? results[0]?.error, text: String(row?.[1].value) };
}

const integers = [
  "0",
  "-1",
  "9007199254740991",
  "9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
];
const texts = [
  "",
  "a\0b",
  "\0",
  "Zürich",
  "日本語",
  "👩‍👩‍👧",
  "\u202e",
  "\ufeffx",
  "'; DROP TABLE x; --",
  '\n\r\t\\"',
  "x".repeat(100_000),
];

test.each([
  { type: "null" },
  ...integers.map((value) => ({ type: "integer", value })),
  ...[0.5, -1.5, 1e300, 5e-324].map((value) => ({ type: "float", value })),
  ...texts.map((value) => ({ type: "text", value })),
  ...["", "AA", "AAE", "/+8"].map((base64) => ({ type: "blob", base64 })),
])("$type $value$base64 comes back as it went", async (value: Value) => {
  const { given, text } = await roundTrip(value);
  expect(given).toEqual(value);
  expect(text).toBe({ float: "real" }[value.type] ?? value.type);
});

test.each([
  ["a float without a fraction stays one", { type: "float", value: 3 }, { type: "float", value: 3 }],
  [
    "padding of base64 is fine and not given back",
    { type: "blob", base64: "AA==" },
    { type: "blob", base64: "AA" },
  ],
])("%s", async (_what, value, expected) => {
  expect((await roundTrip(value)).given).toEqual(expected);
});

test.each([
  { type: "integer", value: "9223372036854775808" },
  { type: "integer", value: "1.5" },
  { type: "integer", value: "" },
  { type: "integer", value: "0x10" },
  { type: "integer" },
  { type: "float", value: "1" },
  { type: "text", value: 1 },
  { type: "blob", base64: 1 },
  { type: "boolean", value: true },
])("%o is no value", async (value) => {
  expect((await roundTrip(value)).given).toMatchObject({ code: "HRANA_PROTO_ERROR" });
});

test("infinity is a number that every reader of JSON takes for infinity", async () => {
  const { results } = await pipeline(await made!, [
    { type: "execute", stmt: { sql: "SELECT 9e999, -9e999" } },
  ]);
  const { rows } = results[0]!.response["result"] as { rows: Value[][] };
  expect(rows[0]?.map(({ value }) => value)).toEqual([Infinity, -Infinity]);
});

test.each([
  ["SELECT ?, ?", ["1"], "ARGS_INVALID"],
  ["SELECT ?", ["1", "2"], "ARGS_INVALID"],
  ["SELECT 1", ["1"], "ARGS_INVALID"],
  ["SELECT ?3, ?1", ["1", "2", "3"], null],
  ["SELECT ?2", ["1", "2"], null],
  ["SELECT '?', \"?\", [?], `?` -- ?\n /* ? */, ?", ["1"], "SQL_INPUT_ERROR"],
  ["SELECT '?' -- ?\n /* ? */, ?", ["1"], null],
])("%s takes %o", async (sql, numbers, code) => {
  const args = numbers.map((value) => ({ type: "integer", value }));
  made ??= world().then(({ create }) => create());
  const { results } = await pipeline(await made, [{ type: "execute", stmt: { sql, args } }]);
  expect(results[0]?.error?.code ?? null).toBe(code);
});

test.each(["a", ":a"])("a null is a value under the name %s", async (name) => {
  const stmt = { sql: "SELECT :a AS a", named_args: [{ name, value: { type: "null" } }] };
  made ??= world().then(({ create }) => create());
  const { results } = await pipeline(await made, [{ type: "execute", stmt }]);
  expect(results[0]).toMatchObject({ response: { result: { rows: [[{ type: "null" }]] } } });
});

test.each([
  [{ a: "1", b: "2" }, null],
  [{ ":a": "1", "@b": "2" }, null],
  [{ a: "1" }, "ARGS_INVALID"],
  [{ a: "1", b: "2", c: "3" }, "ARGS_INVALID"],
  [{ __proto__: "1", constructor: "2" }, "ARGS_INVALID"],
])("names %o fit :a and @b or not", async (named, code) => {
  const named_args = Object.entries(named).map(([name, value]) => ({
    name,
    value: { type: "integer", value },
  }));
  made ??= world().then(({ create }) => create());
  const { results } = await pipeline(await made, [
    { type: "execute", stmt: { sql: "SELECT :a, @b, :a", named_args } },
  ]);
  expect(results[0]?.error?.code ?? null).toBe(code);
});
