import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "./json.ts";
import { mergeOptions } from "./merge-options.ts";
import { merges } from "./merge-options.data.ts";

test.for(merges)("%s", ([, under, over, merged]) => {
  expect(mergeOptions(under, over)).toEqual(merged);
});

test("a key that names the prototype is dropped at every depth, and nothing is polluted", () => {
  const hostile = JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":{"a":1}}}') as JsonObject;
  for (const merged of [
    mergeOptions({}, hostile),
    mergeOptions(hostile, {}),
    mergeOptions({ b: {} }, hostile),
  ]) {
    expect(Object.hasOwn(merged, "__proto__")).toBe(false);
    expect((merged as { a?: unknown }).a).toBeUndefined();
  }
  expect(({} as { a?: unknown }).a).toBeUndefined();
});

const options = fc.dictionary(
  fc.string().filter((key) => key !== "__proto__"),
  fc.jsonValue({ maxDepth: 4 }),
) as fc.Arbitrary<JsonObject>;

test("whatever is merged: nothing over it is itself, twice is once, and neither part changes", () => {
  fc.assert(
    fc.property(options, options, (under, over) => {
      const [before, above] = [JSON.stringify(under), JSON.stringify(over)];
      const merged = mergeOptions(under, over);
      expect(mergeOptions(merged, over)).toEqual(merged);
      expect([JSON.stringify(under), JSON.stringify(over)]).toEqual([before, above]);
    }),
  );
});
