import { expect, test } from "vitest";
import { isVersion, sortKeyOf } from "./version";

const ordered = [
  "0.0.1",
  "0.9.0",
  "0.10.0",
  "1.0.0-alpha",
  "1.0.0-alpha.1",
  "1.0.0-alpha.beta",
  "1.0.0-alpha-x",
  "1.0.0-beta.2",
  "1.0.0-beta.11",
  "1.0.0-rc.1",
  "1.0.0",
  "1.0.1",
  "2.0.0",
];

test("versions are in the order of semantic versioning", () => {
  expect(ordered.every(isVersion)).toBe(true);
  expect(ordered.toReversed().toSorted((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1))).toEqual(ordered);
});

test.each([
  "",
  "1",
  "1.0",
  "v1.0.0",
  "01.0.0",
  "1.0.0+build",
  "1.0.0-",
  "1.0.0-01",
  "1.0.0 ",
  "1.0.0\n",
  "9999999999.0.0",
])("%j is no version", (text) => {
  expect(isVersion(text)).toBe(false);
});
