import { expect, test } from "vitest";
import { isRecentNode } from "./node24.mjs";

test.each(["24.15.0", "24.21.0", "26.0.0"])("Node %s is recent enough", (version) => {
  expect(isRecentNode(version)).toBe(true);
});

test.each(["18.20.8", "20.20.2", "22.23.2", "24.14.1"])("Node %s is too old", (version) => {
  expect(isRecentNode(version)).toBe(false);
});
