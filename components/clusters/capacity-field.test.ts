import { expect, test } from "vitest";
import { checkCapacity } from "./capacity-field";

test.each([
  ["", true],
  [" 12 ", true],
  ["0", true],
  ["-1", "Give a whole number, or leave it empty."],
  ["1.5", "Give a whole number, or leave it empty."],
  ["many", "Give a whole number, or leave it empty."],
  ["1000001", "A pool takes at most 1,000,000 tenants."],
])("the capacity %j: %s", (typed, verdict) => {
  expect(checkCapacity("pool")(typed)).toBe(verdict);
});

test("a cluster holds databases", () => {
  expect(checkCapacity("cluster")("1000001")).toBe("A cluster takes at most 1,000,000 databases.");
});
