import { expect, test } from "vitest";
import { Uses } from "./uses.ts";

test("whoever waits until nothing is under way hears of it, and not only the last", async () => {
  const uses = new Uses(5);
  const use = uses.begin("north");
  const waiting = [uses.drain(60_000), uses.drain(60_000)];
  uses.end(use);
  await Promise.all(waiting);
  expect(uses.size).toBe(0);
});
