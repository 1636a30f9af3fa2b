import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleTrpc } from "@/server/api/handler";
import { assembleCast, type Cast } from "@/server/testing/cast";
import {
  browser,
  openConsole,
  origin,
  readAnswer,
  type Answer,
  type Console,
} from "@/server/testing/console";
import { inputs } from "@/server/testing/inputs";
import { matrix } from "@/server/testing/matrix";
import { appRouter } from "./root";

let console: Console;
let cast: Cast;

beforeAll(async () => {
  console = await openConsole();
  cast = await assembleCast(console);
}, 60_000);
afterAll(() => console.end());

type Procedure = {
  _def: { type: "query" | "mutation" | "subscription"; inputs: { shape: Record<string, unknown> }[] };
};
const procedures = appRouter._def.procedures as unknown as Record<string, Procedure>;

/** The caller who gets furthest in: an operator where the place does not exist for members, otherwise the owner. */
const whoMay = (path: string) => cast.headers[matrix[path]?.viewer === "404" ? "operator" : "owner"];

/** Sends `body` as it stands, so that it may hold what an object of JavaScript cannot. */
async function send(path: string, body: string): Promise<Answer> {
  const address = `${origin()}/api/trpc/${path}`;
  const headers = { ...whoMay(path), "content-type": "application/json" };
  const request =
    procedures[path]?._def.type === "mutation"
      ? new Request(address, { method: "POST", body, headers })
      : new Request(`${address}?input=${encodeURIComponent(body)}`, { headers });
  return readAnswer(await handleTrpc(request));
}

const extras = [
  ["organizationId", '"x"'],
  ["role", '"owner"'],
  ["status", '"active"'],
  ["databaseUrl", '"file:/etc/passwd"'],
  ["isOperator", "true"],
  ["userId", '"x"'],
  ["environmentId", '"x"'],
  ["createdBy", '"x"'],
  ["id", '"x"'],
  ["tier", '"enterprise"'],
  ["constructor", "{}"],
  ["toString", "1"],
  ["__proto__", '{"role":"owner","tier":"enterprise"}'],
] as const;

describe("a field that the procedure does not know is refused", () => {
  test.for(Object.keys(inputs))("%s", async (path) => {
    const input = inputs[path]?.(cast.names) ?? {};
    const known = procedures[path]?._def.inputs.at(-1)?.shape ?? {};
    for (const [key, value] of extras) {
      if (Object.hasOwn(known, key)) continue;
      const fields = Object.entries(input).map(
        ([name, known]) => `${JSON.stringify(name)}:${JSON.stringify(known)}`,
      );
      const answer = await send(path, `{"json":{${[...fields, `${JSON.stringify(key)}:${value}`].join()}}}`);
      expect(answer.text, key).toContain('"code":"invalid"');
      expect(answer.text, key).not.toContain("internal");
    }
  });
});

const hostile: unknown[] = [
  null,
  0,
  -1,
  1e308,
  true,
  [],
  {},
  [[]],
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "../../etc/passwd",
  "%2e%2e%2f",
  "'; drop table user; --",
  "x".repeat(5000),
  { toString: "x" },
  { $ne: null },
  ["owner"],
  "﷽",
  "\u202e",
  "9".repeat(400),
];

describe("whatever stands in a field, the answer is a refusal or a result, never an accident", () => {
  test.for(Object.keys(inputs))("%s", { timeout: 20_000 }, async (path) => {
    for (const key of Object.keys(inputs[path]?.(cast.names) ?? {})) {
      for (const value of hostile) {
        const input = { ...inputs[path]?.(cast.names), [key]: value };
        const answer = await send(path, JSON.stringify({ json: input }));
        expect(answer.text, `${key} = ${JSON.stringify(value).slice(0, 60)}`).not.toContain('"internal"');
        expect(answer.status).toBeLessThan(500);
      }
    }
  });
});

const paging = Object.entries(inputs)
  .filter(([path]) => /\.(list|listAll|listMine|listEnvironment)$/.test(path) && !path.startsWith("apiKeys"))
  .map(([path]) => path);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const damaged: Record<string, unknown>[] = [
  ...[
    "",
    "x",
    "%00",
    encoded([]),
    encoded(["next"]),
    encoded(["next", null, "x"]),
    encoded(["next", {}, "x"]),
    encoded(["up", 1, "x"]),
    encoded(["next", 1, 2]),
  ].map((cursor) => ({ cursor })),
  { limit: 0 },
  { limit: 101 },
  { limit: -1 },
  { limit: 1.5 },
  { limit: "many" },
  { order: "sideways" },
  { order: "asc; drop table user" },
  { sort: "password" },
  { sort: "(select 1)" },
  { search: "x".repeat(101) },
];
const odd: Record<string, unknown>[] = [
  { cursor: encoded(["next", 1e300, "x"]) },
  { cursor: encoded(["next", "\u0000", "\u0000"]) },
  { cursor: encoded(["previous", "zzz", "zzz"]) },
  { search: "%" },
  { search: "_" },
  { search: "\\" },
  { search: "'" },
  { search: "\u0000" },
  { search: "\ud800" },
  { limit: "5" },
];

describe("a page address that is damaged is refused, an odd one is a page", () => {
  test.for(paging)("%s", async (path) => {
    for (const change of damaged) {
      const answer = await send(path, JSON.stringify({ json: { ...inputs[path]?.(cast.names), ...change } }));
      expect([answer.status, answer.error?.code], JSON.stringify(change)).toEqual([400, "invalid"]);
    }
    for (const change of odd) {
      const answer = await send(path, JSON.stringify({ json: { ...inputs[path]?.(cast.names), ...change } }));
      expect(answer.status, JSON.stringify(change)).toBe(200);
    }
  });
});

const bodies: Record<string, string> = {
  "no JSON": "{",
  "a list": "[]",
  "a number": "7",
  nothing: "",
  "a bare null": "null",
  "no wrapping": '{"name":"x"}',
  "a wrapping with an unknown kind": '{"json":{"name":"x"},"meta":{"values":{"name":["constructor"]}}}',
  "a wrapping that reaches into the prototype":
    '{"json":{"name":"x"},"meta":{"values":{"__proto__.polluted":["Date"]}}}',
  "a wrapping with a class": '{"json":{"name":"x"},"meta":{"values":{"name":[["class","Secret"]]}}}',
  "a wrapping with references into nowhere":
    '{"json":{"name":"x"},"meta":{"referentialEqualities":{"a.b.c":["d.e"]}}}',
  "a wrapping that makes the name a date":
    '{"json":{"name":"2020-01-01T00:00:00Z"},"meta":{"values":{"name":["Date"]}}}',
  "a wrapping that makes the name a set": '{"json":{"name":["a"]},"meta":{"values":{"name":["set"]}}}',
  "a very deep object": `{"json":${"[".repeat(5000)}${"]".repeat(5000)}}`,
};

describe("a body that is not the call it should be is refused", () => {
  test.for(Object.entries(bodies))("%s", async ([, body]) => {
    const answer = await send("organizations.create", body);
    expect(answer.status).toBe(400);
    expect(answer.error?.code).toBe("invalid");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

const batchOf = (size: number, path = "navigation.me") =>
  new Request(
    `${origin()}/api/trpc/${Array(size).fill(path).join()}?batch=1&input=${encodeURIComponent(JSON.stringify(Object.fromEntries(Array.from({ length: size }, (_, n) => [n, { json: {} }]))))}`,
    { headers: browser(cast.people.owner?.cookie) },
  );

test("one request makes at most twenty calls", async () => {
  expect((await handleTrpc(batchOf(20))).status).toBe(200);
  const refused = await handleTrpc(batchOf(21));
  expect(refused.status).toBe(400);
  expect(await refused.text()).not.toContain("Owner");
});

test("paths that name no procedure, or something of JavaScript's own, are not found", async () => {
  for (const path of [
    "nothing",
    "environments",
    "environments.toString",
    "__proto__",
    "constructor",
    "environments.__proto__.get",
    "_def",
    "createCaller",
    "environments.get.extra",
    "%00",
    "..%2fauth",
  ]) {
    expect((await console.call(browser(cast.people.owner?.cookie), path, {})).status, path).toBe(404);
  }
});

test("only GET and POST are answered, and a mutation only to POST", async () => {
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    const request = new Request(`${origin()}/api/trpc/navigation.me`, {
      method,
      headers: browser(cast.people.owner?.cookie),
    });
    expect((await handleTrpc(request)).status).toBeGreaterThanOrEqual(400);
  }
  const headers = { ...browser(cast.people.owner?.cookie), "x-http-method-override": "POST" };
  expect((await console.call(headers, "organizations.create", { name: "By GET" })).status).toBe(405);
});
