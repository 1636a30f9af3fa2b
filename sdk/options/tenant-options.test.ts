import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { FreeholdError } from "../errors/freehold-error.ts";
import { defineOptions } from "./define-options.ts";
import type { OptionsProblem } from "./options-report.ts";
import { OptionsRegistry } from "../testing/options-registry.ts";
import { TenantOptions, type TenantOptionsSettings } from "./tenant-options.ts";

const schema = z.strictObject({ limit: z.number().max(100), theme: z.string() });
const checkout = defineOptions("checkout", schema, { limit: 10, theme: "light" });

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

describe("what a tenant gets", () => {
  test("the defaults where it lays nothing over them, and its own where it does", async () => {
    registry.set("a", { limit: 50 });
    expect(await reader.for(a)).toEqual({
      value: { limit: 50, theme: "light" },
      version: 1,
      from: "overlay",
    });
    expect(await reader.for(b)).toEqual({
      value: { limit: 10, theme: "light" },
      version: 0,
      from: "defaults",
    });
  });

  test("the same frozen object until it changes", async () => {
    registry.set("a", { limit: 50 });
    const first = await reader.for(a);
    expect(await reader.for(a)).toBe(first);
    expect(reader.peek(a)).toBe(first);
    expect(Object.isFrozen(first) && Object.isFrozen(first.value)).toBe(true);
  });

  test("nobody gets another's, however they are mixed", async () => {
    const tenants = Array.from({ length: 50 }, (_, n) => `t${n}`);
    for (const [n, tenant] of tenants.entries()) registry.set(tenant, { limit: n });
    const asked = Array.from({ length: 500 }, (_, n) => tenants[(n * 7) % 50] ?? "");
    const got = await Promise.all(asked.map((tenant) => reader.for({ tenant })));
    expect(got.map(({ value }) => `t${value.limit}`)).toEqual(asked);
    expect(registry.asked).toHaveLength(50);
  });
});

describe("an overlay that does not fit", () => {
  test("gives way to the last one that did, is told once, and comes right again", async () => {
    registry.set("a", { limit: 50 });
    await reader.for(a);
    registry.set("a", { limit: 5000 });
    registry.tell("a");
    const instead = { value: { limit: 50, theme: "light" }, version: 1, from: "last_valid" };
    expect(await reader.for(a)).toEqual(instead);
    for (const _ of [1, 2, 3]) {
      registry.tell("a");
      expect(await reader.for(a)).toEqual(instead);
    }
    const mistakes = [{ path: "limit", message: expect.any(String) as unknown }];
    expect(problems).toEqual([
      { kind: "invalid", name: "checkout", tenant: "a", version: 2, mistakes, instead: "last_valid" },
    ]);
    registry.set("a", { limit: 60 });
    registry.tell("a");
    expect(await reader.for(a)).toMatchObject({ value: { limit: 60 }, version: 3, from: "overlay" });
  });

  test("gives way to the defaults when there was none before", async () => {
    registry.set("a", { limit: "many" });
    expect(await reader.for(a)).toEqual({ value: checkout.defaultValue, version: 0, from: "defaults" });
    expect(problems).toMatchObject([{ kind: "invalid", version: 1, instead: "defaults" }]);
  });

  test("is one too when the schema itself fails, and a report that fails changes nothing", async () => {
    all.close();
    let isBroken = false;
    const fragile = defineOptions(
      "fragile",
      z.object({ a: z.number() }).refine(() => {
        if (isBroken) throw new Error("broken");
        return true;
      }),
      { a: 1 },
    );
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    all = new TenantOptions({
      source: registry,
      report: () => {
        throw new Error("the log is full");
      },
    });
    registry.set("a", { a: 2 });
    isBroken = true;
    expect(await all.of(fragile).for(a)).toMatchObject({ value: { a: 1 }, from: "defaults" });
    expect(warned).toHaveBeenCalledWith(expect.stringContaining("the log is full"), expect.anything());
    warned.mockRestore();
  });

  test("is a warning of the process that names no tenant and no value, unless somebody listens", async () => {
    all.close();
    all = new TenantOptions({ source: registry });
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    registry.set("tenant-x", { limit: 987_654 });
    await all.of(checkout).for({ tenant: "tenant-x" });
    expect(warned).toHaveBeenCalledTimes(1);
    const said = String(warned.mock.calls[0]?.[0]);
    warned.mockRestore();
    expect(said).toContain("Version 1 of the options checkout does not fit their schema at limit");
    expect(said).not.toMatch(/tenant-x|987654/);
  });
});

describe("a change", () => {
  test("is asked about by the next who wants it, and by nobody for others", async () => {
    await Promise.all([reader.for(a), reader.for(b)]);
    registry.set("a", { limit: 20 });
    registry.tell("a");
    expect(reader.peek(a)).toBeUndefined();
    expect(reader.peek(b)).toBeDefined();
    expect(await reader.for(a)).toMatchObject({ value: { limit: 20 } });
    expect(registry.asked).toEqual([
      ["a", null],
      ["b", null],
      ["a", '"0"'],
    ]);
  });

  test("that may have been missed has everybody confirmed, and what is unchanged stays the same object", async () => {
    registry.set("a", { limit: 20 });
    const first = await reader.for(a);
    registry.tell(null);
    expect(await reader.for(a)).toBe(first);
    expect(registry.asked).toEqual([
      ["a", null],
      ["a", '"1"'],
    ]);
  });

  test("during a question: who asked before gets an answer, who asks after gets the new one", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    registry.set("a", { limit: 1 });
    registry.held = promise;
    const before = reader.for(a);
    registry.set("a", { limit: 2 });
    registry.tell("a");
    const after = reader.for(a);
    resolve();
    expect((await before).value.limit).toBe(1);
    expect((await after).value.limit).toBe(2);
    expect(await reader.for(a)).toMatchObject({ value: { limit: 2 }, version: 2 });
    expect(registry.asked).toHaveLength(2);
  });

  test("is not undone by a late answer from before it", async () => {
    const late = Promise.withResolvers<void>();
    registry.set("a", { limit: 1 });
    registry.held = late.promise;
    const before = reader.for(a);
    registry.held = null;
    registry.set("a", { limit: 2 });
    registry.tell("a");
    expect((await reader.for(a)).value.limit).toBe(2);
    late.resolve();
    await before;
    expect(reader.peek(a)?.value.limit).toBe(2);
  });
});

test("a tenant that is not, or serves nobody, is refused as Freehold does, and forgotten", async () => {
  await reader.for(a);
  registry.error = new FreeholdError("tenant_inactive", "It is suspended.");
  registry.tell("a");
  await expect(reader.for(a)).rejects.toMatchObject({ code: "tenant_inactive" });
  expect(all.size).toBe(0);
  registry.error = null;
  expect(await reader.for(a)).toMatchObject({ version: 0 });
  expect(problems).toEqual([]);
});

test("the same definition gives the same reader, another of its name is refused, and closing listens no more", () => {
  expect(all.of(checkout)).toBe(reader);
  const other = defineOptions("checkout", schema, { limit: 1, theme: "x" });
  expect(() => all.of(other)).toThrow(TypeError);
  const settings: object[] = [
    { entries: 0 },
    { idleSeconds: 0 },
    { maxAgeSeconds: Number.NaN },
    { outageSeconds: -1 },
    { whenUnknown: "default" },
    { idleSecond: 1 },
  ];
  for (const broken of settings)
    expect(() => new TenantOptions({ source: registry, ...broken })).toThrow(TypeError);
  all.close();
  expect(registry.listeners.size).toBe(0);
});
