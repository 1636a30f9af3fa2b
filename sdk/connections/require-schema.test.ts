import { expect, test } from "vitest";
import { compareVersions } from "./require-schema";

const ascending = ["0.9.9", "1.0.0-alpha", "1.0.0-beta", "1.0.0", "1.2.0", "1.10.0", "2.0.0"];

test("versions are ordered by their numbers, and a pre-release comes before its release", () => {
  for (const [at, one] of ascending.entries())
    for (const [other, two] of ascending.entries())
      expect(Math.sign(compareVersions(one, two)), `${one} ${two}`).toBe(Math.sign(at - other));
});

test.each(["", "1", "1.0", "v1.0.0", "1.0.0.0", "1.x.0", "1.0.0 "])("%j is no version", (version) => {
  expect(() => compareVersions(version, "1.0.0")).toThrow("is no version");
});
