import { expect, test } from "vitest";
import { isUuid, newId } from "./ids";

test("a hundred thousand ids are UUIDs, all different, each after the one before", () => {
  const ids = Array.from({ length: 100_000 }, newId);
  expect(ids.filter((id) => !isUuid(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
});
