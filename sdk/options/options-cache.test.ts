import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { FreeholdError } from "../errors/freehold-error.ts";
import { defineOptions } from "./define-options.ts";
import type { OptionsProblem } from "./options-report.ts";
import { OptionsRegistry } from "../testing/options-registry.ts";
import { TenantOptions, type TenantOptionsSettings } from "./tenant-options.ts";

const schema = z.strictObject({ limit: z.number().max(100), theme: z.string() });
const checkout = defineOptions("checkout", schema, { limit: 10, theme: "light" });
const away = new FreeholdError("unavailable", "Freehold cannot be reached.");

let registry: OptionsRegistry;
let problems: OptionsProblem[];
let all: TenantOptions;
let reader: ReturnType<typeof open>;

function open(settings: Partial<TenantOptionsSettings> = {}) {
  all = new TenantOptions({ source: registry, report: (problem) => problems.push(problem), ...settings });
  return all.of(checkout);
}

const a = { tenant: "a" };
const b = { tenant: "b" };
const seconds = (count: number) => vi.advanceTimersByTime(count * 1000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  registry = new OptionsRegistry();
  problems = [];
  reader = open();
});
afterEach(() => {
  all.close();
  vi.useRealTimers();
});

describe("time and room", () => {
  test("a thousand who want it at once are one question", async () => {
    await Promise.all(Array.from({ length: 1000 }, () => reader.for(a)));
    expect(registry.asked).toHaveLength(1);
  });

  test("what is used is never forgotten and confirmed before anybody waits", async () => {
    reader = open({ idleSeconds: 100, maxAgeSeconds: 60 });
    const first = await reader.for(a);
    for (let turn = 0; turn < 20; turn++) {
      seconds(20);
      expect(reader.peek(a)).toBe(first);
      await turnOfTheLoop();
    }
    expect(registry.asked.length).toBeGreaterThan(5);
    expect(registry.asked.slice(1).every(([, etag]) => etag === '"0"')).toBe(true);
  });

  test("what nobody used for its time is forgotten", async () => {
    reader = open({ idleSeconds: 100, maxAgeSeconds: 1000 });
    await reader.for(a);
    seconds(99);
    expect(reader.peek(a)).toBeDefined();
    seconds(99);
    expect(reader.peek(a)).toBeDefined();
    seconds(101);
    expect(reader.peek(a)).toBeUndefined();
    await reader.for(a);
    expect(registry.asked).toEqual([
      ["a", null],
      ["a", null],
    ]);
  });

  test("what no feed confirmed for its time is waited for", async () => {
    registry.set("a", { limit: 1 });
    await reader.for(a);
    registry.set("a", { limit: 2 });
    seconds(61);
    expect(reader.peek(a)).toBeUndefined();
    expect(await reader.for(a)).toMatchObject({ value: { limit: 2 } });
  });

  test("only so many tenants are remembered: the longest unused go", async () => {
    reader = open({ entries: 2 });
    for (const tenant of ["a", "b", "a", "c"]) await reader.for({ tenant });
    expect([all.size, reader.peek(a) !== undefined, reader.peek(b)]).toEqual([2, true, undefined]);
  });
});

describe("while Freehold cannot be asked", () => {
  test("what is known serves on for its time, and no longer; the outage is told once", async () => {
    reader = open({ maxAgeSeconds: 60, outageSeconds: 300, idleSeconds: 10_000 });
    const known = await reader.for(a);
    registry.error = away;
    seconds(61);
    for (let turn = 0; turn < 100; turn++) {
      seconds(2.9);
      expect(await reader.for(a)).toBe(known);
    }
    expect(problems).toEqual([{ kind: "unavailable", name: "checkout", cause: away }]);
    seconds(60);
    await expect(reader.for(a)).rejects.toBe(away);
    registry.error = null;
    seconds(2);
    expect(await reader.for(a)).toBe(known);
    registry.error = away;
    registry.tell("a");
    expect(await reader.for(a)).toBe(known);
    expect(problems).toHaveLength(2);
  });

  test("who is unknown is refused, and Freehold is not asked again for a second", async () => {
    registry.error = away;
    for (let turn = 0; turn < 10; turn++) await expect(reader.for(a)).rejects.toBe(away);
    expect(registry.asked).toHaveLength(1);
    registry.error = null;
    seconds(1.1);
    expect(await reader.for(a)).toMatchObject({ version: 0 });
  });

  test("who is unknown gets the defaults, if the service chose so", async () => {
    reader = open({ whenUnknown: "defaults" });
    registry.set("a", { limit: 50 });
    registry.error = new TypeError("not even a refusal");
    expect(await reader.for(a)).toMatchObject({ from: "defaults", version: 0 });
    registry.error = null;
    seconds(1.1);
    expect(await reader.for(a)).toMatchObject({ from: "overlay", version: 1 });
  });
});
