import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Json, JsonObject } from "@/sdk/options/json";
import { fieldMistake, flatFields, settledNumber, typedNumber } from "./flat-fields";

const Flat = z.object({
  theme: z.enum(["light", "dark"]).meta({ title: "Theme", description: "Colours of the shop." }),
  perOrder: z.number().int().min(1).max(100),
  rate: z.number(),
  express: z.boolean(),
  greeting: z.string().min(2).max(5),
});
const schemaOf = (schema: z.ZodType) => JSON.parse(JSON.stringify(z.toJSONSchema(schema))) as JsonObject;
const fields = flatFields(schemaOf(Flat), { theme: "light", perOrder: 10 }) ?? [];
const field = (key: string) => {
  const found = fields.find((one) => one.key === key);
  if (!found) throw new Error(`There is no field ${key}.`);
  return found;
};

test("a flat schema becomes fields in its order, with titles, descriptions and defaults", () => {
  expect(fields.map(({ key, kind }) => [key, kind])).toEqual([
    ["theme", "choice"],
    ["perOrder", "number"],
    ["rate", "number"],
    ["express", "switch"],
    ["greeting", "text"],
  ]);
  expect(field("theme")).toMatchObject({
    label: "Theme",
    description: "Colours of the shop.",
    byDefault: "light",
    choices: ["light", "dark"],
  });
  expect(field("express")).toMatchObject({ label: "express", description: null, byDefault: undefined });
});

test.for<[string, z.ZodType]>([
  ["an object in it", z.object({ a: z.object({ b: z.string() }) })],
  ["a list in it", z.object({ a: z.array(z.string()) })],
  ["one of two types", z.object({ a: z.union([z.string(), z.number()]) })],
  ["numbers to choose from", z.object({ a: z.literal([1, 2]) })],
  ["nothing in it", z.object({})],
  ["no object", z.array(z.string())],
])("a schema with %s is for the JSON editor", ([, schema]) => {
  expect(flatFields(schemaOf(schema), {})).toBeNull();
});

test("no schema is for the JSON editor", () => {
  expect(flatFields(null, {})).toBeNull();
});

describe("what is typed", () => {
  test.for<[string, Json | undefined, string | null]>([
    ["perOrder", undefined, null],
    ["perOrder", null, null],
    ["perOrder", 1, null],
    ["perOrder", 0, "Give at least 1."],
    ["perOrder", 101, "Give at most 100."],
    ["perOrder", 1.5, "Give a whole number."],
    ["perOrder", "many", "Give a number."],
    ["rate", -1.5, null],
    ["theme", "dark", null],
    ["theme", "pink", "Choose one of light, dark."],
    ["express", false, null],
    ["express", "yes", "It is on or off."],
    ["greeting", "hello", null],
    ["greeting", "x", "Give at least 2 characters."],
    ["greeting", "hello there", "Give at most 5 characters."],
    ["greeting", 7, "Give a text."],
  ])("%s: %j", ([key, value, mistake]) => {
    expect(fieldMistake(field(key), value)).toBe(mistake);
  });

  test("a number becomes one when it is whole, and is never changed while it is typed", () => {
    const typed = ["1", "1.", "1.5", "1.50", "-", "-2", "1e3", "", " ", "NaN", "Infinity"].map(typedNumber);
    expect(typed).toEqual([1, "1.", 1.5, "1.50", "-", -2, "1e3", "", " ", "NaN", "Infinity"]);
    const settled = typed.map(settledNumber);
    expect(settled).toEqual([1, 1, 1.5, 1.5, "-", -2, 1000, "", " ", "NaN", "Infinity"]);
  });
});
