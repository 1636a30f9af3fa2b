import { expect, test } from "vitest";
import { z } from "zod";
import { sentenceOf } from "./sentences";

const Input = z.strictObject({
  operation: z.uuid(),
  limit: z.int().min(1).max(100),
  search: z.string().max(3),
  order: z.enum(["asc", "desc"]),
  at: z.iso.datetime(),
  on: z.boolean(),
  tags: z.array(z.string()).min(1),
  name: z.string("Give it a name."),
});
const right = {
  operation: "0195b1f0-5b0e-7c3a-8f5e-1d2c3b4a5968",
  limit: 1,
  search: "",
  order: "asc",
  at: "2026-01-31T12:00:00Z",
  on: true,
  tags: ["a"],
  name: "A",
};

test.for([
  [{ operation: "nope" }, "operation must be an id."],
  [{ limit: Number.NaN }, "limit must be a number."],
  [{ limit: 1.5 }, "limit must be a whole number."],
  [{ limit: 0 }, "limit must be at least 1."],
  [{ limit: 101 }, "limit must be at most 100."],
  [{ search: "long" }, "search must have at most 3 characters."],
  [{ search: 1 }, "search must be a text."],
  [{ order: "up" }, "order must be one of: asc, desc."],
  [{ at: "today" }, "at must be a moment such as 2026-01-31T12:00:00Z."],
  [{ on: "yes" }, "on must be true or false."],
  [{ tags: [] }, "tags must have at least 1 entry."],
  [{ tags: [1] }, "tags.0 must be a text."],
  [{ name: 1 }, "Give it a name."],
  [{ bogus: 1 }, "Unknown field: bogus."],
] as const)("%j is answered with a sentence", ([change, sentence]) => {
  const { error } = Input.safeParse({ ...right, ...change });
  expect(error?.issues.map(sentenceOf)).toEqual([sentence]);
});
