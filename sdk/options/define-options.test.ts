import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { defineOptions } from "./define-options.ts";
import type { StandardSchema } from "./standard-schema.ts";

const Checkout = z.strictObject({
  express: z.boolean(),
  perOrder: z.number().int().max(100),
  mail: z.object({ from: z.string(), days: z.array(z.string()) }),
});
const defaults = { express: false, perOrder: 10, mail: { from: "shop@example.com", days: ["mon"] } };
const checkout = defineOptions("checkout", Checkout, defaults);

/** One by hand, as other libraries make them. */
const byHand = (validate: StandardSchema<string>["~standard"]["validate"]): StandardSchema<string> => ({
  "~standard": { version: 1, vendor: "hand", validate },
});

test("the type comes from the schema, and the values are frozen at every depth", () => {
  expectTypeOf(checkout.defaultValue).toEqualTypeOf<z.infer<typeof Checkout>>();
  expect(checkout.defaultValue).toEqual(defaults);
  for (const part of [checkout.defaultValue, checkout.defaultValue.mail, checkout.defaultValue.mail.days])
    expect(Object.isFrozen(part)).toBe(true);
  expect(() => checkout.defaultValue.mail.days.push("tue")).toThrow(TypeError);
});

test("the defaults are its own: who changes theirs changes nothing here", () => {
  const mine = { express: false, perOrder: 1, mail: { from: "a", days: ["mon"] } };
  const own = defineOptions("own", Checkout, mine);
  mine.mail.days.push("tue");
  expect(own.read({})).toEqual({ value: { ...mine, mail: { from: "a", days: ["mon"] } } });
});

test("an overlay that does not fit says where, and does not repeat what it holds", () => {
  const read = checkout.read({ perOrder: 5000, mail: { days: ["mon", 7] } });
  expect(read).toEqual({
    mistakes: [
      { path: "perOrder", message: expect.any(String) as unknown },
      { path: "mail.days.1", message: expect.any(String) as unknown },
    ],
  });
});

test("what the schema makes of a value is what services get", () => {
  const Trimmed = z.object({
    title: z.string().trim(),
    since: z.string().transform((text) => new Date(text)),
  });
  const { defaultValue } = defineOptions("trimmed", Trimmed, { title: " x ", since: "2024-01-01" });
  expect(defaultValue).toEqual({ title: "x", since: new Date("2024-01-01") });
});

test("mistakes of any library are understood: keys, keys in objects, or no path at all", () => {
  let tries = 0;
  const schema = byHand(() =>
    tries++ === 0
      ? { value: "" }
      : { issues: [{ message: "a", path: ["b", { key: "c" }, 0] }, { message: "d" }] },
  );
  expect(defineOptions("hand", schema, {}).read({ x: 1 })).toEqual({
    mistakes: [
      { path: "b.c.0", message: "a" },
      { path: "", message: "d" },
    ],
  });
});

describe("a definition that cannot work fails when the service starts", () => {
  test.for(["", "Checkout", "a_b", "a..b", ".a", "a-", "1a", "a".repeat(101)])("name %j", (name) => {
    expect(() => defineOptions(name, z.object({}), {})).toThrow(TypeError);
  });

  test("defaults that do not fit", () => {
    expect(() => defineOptions("checkout", Checkout, { ...defaults, perOrder: 101 })).toThrow(/perOrder/);
  });

  test("a schema that has to wait", () => {
    const slow = byHand(() => Promise.reject(new Error("never heard")));
    expect(() => defineOptions("slow", slow, {})).toThrow(/does not validate at once/);
  });
});
