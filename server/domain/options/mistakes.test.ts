import { expect, test } from "vitest";
import { z } from "zod";
import { mistakesIn, requireUsableSchema } from "./mistakes";

const schema = z.toJSONSchema(
  z.object({
    theme: z.enum(["light", "dark"]),
    rows: z.number().int().min(1).max(100),
    mail: z.object({ from: z.email(), days: z.array(z.string()) }),
  }),
);
const sound = { theme: "dark", rows: 10, mail: { from: "ann@example.com", days: ["mon"] } };

test("a value that fits has no mistake", () => {
  expect(mistakesIn(schema, sound)).toEqual([]);
});

test("each mistake says where it is and what was asked for", () => {
  const mistakes = mistakesIn(schema, { theme: "pink", rows: 0, mail: { from: "ann", days: [1] }, more: 1 });
  expect(mistakes.map(({ path }) => path)).toEqual(["theme", "rows", "mail.from", "mail.days.0", ""]);
  expect(mistakes[0]?.message).toContain('"light"|"dark"');
  expect(mistakes[4]?.message).toContain("more");
});

test.for([
  ["an unknown type", { type: "banana" }],
  ["a pattern that is none", { type: "object", properties: { a: { type: "string", pattern: "(" } } }],
  ["a schema elsewhere", { type: "object", properties: { a: { $ref: "https://example.com/a.json" } } }],
])("%s is refused as a schema", ([, unusable]) => {
  expect(() => requireUsableSchema(unusable)).toThrow(/cannot be used/);
});

test("a schema that asks for itself without end is ended too", () => {
  expect(() => mistakesIn({ $ref: "#" }, {})).toThrow(/cannot be used/);
});

test("a pattern that would take for ever is ended, and nothing is taken for checked", () => {
  const slow = { type: "object", properties: { a: { type: "string", pattern: "^(a+)+$" } } };
  requireUsableSchema(slow);
  expect(mistakesIn(slow, { a: "aaa" })).toEqual([]);
  expect(() => mistakesIn(slow, { a: `${"a".repeat(60)}!` })).toThrow(/takes too long/);
});
