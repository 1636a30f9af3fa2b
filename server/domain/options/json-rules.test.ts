import { expect, test } from "vitest";
import { kept, refused } from "./json-rules.data";
import { optionsMistake, withoutNulls } from "./json-rules";

test.for(kept)("%s may be kept", ([, value]) => {
  expect(optionsMistake(value)).toBeNull();
});

test.for(refused)("%s is refused", ([, value, path, says]) => {
  expect(optionsMistake(value)).toEqual({ path, message: expect.stringContaining(says) });
});

test("what is refused is never repeated", () => {
  expect(JSON.stringify(optionsMistake({ smtpPassword: "hunter2" }))).not.toContain("hunter2");
});

test("a depth that no stack holds is refused all the same", () => {
  const deep: unknown = JSON.parse('{"a":'.repeat(200_000) + "1" + "}".repeat(200_000));
  expect(optionsMistake(deep)).toMatchObject({ message: expect.stringContaining("deep") });
});

test("keys that are null go, and entries of lists stay", () => {
  expect(withoutNulls({ a: null, b: { c: null, d: [null, 1] }, e: 0 })).toEqual({
    b: { d: [null, 1] },
    e: 0,
  });
});
