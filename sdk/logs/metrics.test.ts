import fc from "fast-check";
import { Counter, Registry } from "prom-client";
import { describe, expect, test } from "vitest";
import { createMask } from "./mask.ts";
import { otherTenants, TenantLabels } from "./metrics.ts";

const mask = createMask({ show: "everything" });

/** Numbers from 0 up to 1 that are the same every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** Of 10,000 tenants, the one of rank n has a share of 1/n. */
function* zipf(calls: number): Generator<string> {
  const next = random(7);
  for (let call = 0; call < calls; call += 1) yield `z${Math.floor(10_000 ** next())}`;
}

function count(stream: Iterable<string>, top = 10) {
  const retired: string[] = [];
  const labels = new TenantLabels({ mask, top, onRetired: (label) => retired.push(label) });
  const counts = new Map<string, number>();
  for (const tenant of stream) {
    const label = labels.of(tenant);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const labelled = [...counts.keys()].filter((label) => label !== otherTenants);
  return { labels, counts, retired, labelled };
}

test("in a skewed stream the busiest have their labels, and nearly all of their calls", () => {
  const stream = [...zipf(200_000)];
  const { labels, counts } = count(stream);
  for (let rank = 1; rank <= 5; rank += 1) {
    const tenant = `z${rank}`;
    const calls = stream.filter((each) => each === tenant).length;
    expect(labels.of(tenant)).toBe(tenant);
    expect(counts.get(tenant)).toBeGreaterThan(calls * 0.95);
  }
  expect(labels.counted).toBeLessThanOrEqual(100);
});

describe("an adversarial stream", () => {
  function* flooded(busy: number): Generator<string> {
    for (let call = 0; call < 100_000; call += 1) {
      yield `new${call}`;
      if (call % 50 === 0) for (let tenant = 0; tenant < busy; tenant += 1) yield `busy${tenant}`;
    }
  }

  test("of tenants with one call each takes no label from the busy ones", () => {
    const { labels, retired } = count(flooded(10));
    for (let tenant = 0; tenant < 10; tenant += 1) expect(labels.of(`busy${tenant}`)).toBe(`busy${tenant}`);
    expect(labels.counted).toBeLessThanOrEqual(100);
    expect(retired.filter((label) => label.startsWith("busy"))).toEqual([]);
  });

  test("that comes first holds no label for long", () => {
    const first = Array.from({ length: 10_000 }, (_, index) => `new${index}`);
    const after = Array.from({ length: 100 }, (_, index) => `busy${index % 10}`);
    const { labels } = count([...first, ...after]);
    for (let tenant = 0; tenant < 10; tenant += 1) expect(labels.of(`busy${tenant}`)).toBe(`busy${tenant}`);
  });

  test("that goes round one tenant more than are counted moves no labels", () => {
    const round = Array.from({ length: 101 * 500 }, (_, index) => `r${index % 101}`);
    const { retired, labelled } = count(round);
    expect(retired).toEqual([]);
    expect(labelled).toHaveLength(10);
  });
});

test("two tenants that overtake each other by a call do not pass a label to and fro", () => {
  const turns = Array.from({ length: 1_000 }, () => ["b", "b", "a", "a"]).flat();
  expect(count(["a", ...turns], 1).retired.length).toBeLessThanOrEqual(10);
});

test("who was busy once gives way to who is busy", () => {
  const before = Array.from({ length: 1_000_000 }, (_, index) => `old${index % 10}`);
  const since = Array.from({ length: 600_000 }, (_, index) => `busy${index % 10}`);
  const { labels, retired } = count([...before, ...since]);
  for (let tenant = 0; tenant < 10; tenant += 1) expect(labels.of(`busy${tenant}`)).toBe(`busy${tenant}`);
  expect(retired.toSorted()).toEqual(Array.from({ length: 10 }, (_, index) => `old${index}`));
});

test("whatever comes, every call counts once and no more labels are in use than there may be", () => {
  const streams = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 2_000 });
  fc.assert(
    fc.property(streams, fc.integer({ min: 1, max: 4 }), (stream, top) => {
      const inUse = new Set<string>();
      const labels = new TenantLabels({ mask, top, onRetired: (label) => inUse.delete(label) });
      for (const tenant of stream) {
        const label = labels.of(`t${tenant}`);
        expect([`t${tenant}`, otherTenants]).toContain(label);
        if (label !== otherTenants) inUse.add(label);
        expect(inUse.size).toBeLessThanOrEqual(top);
        expect(labels.counted).toBeLessThanOrEqual(top * 10);
      }
    }),
    { numRuns: 50 },
  );
});

test("a mask that shows nothing has one label for all", () => {
  const labels = new TenantLabels({ mask: createMask({ show: "nothing" }) });
  expect(labels.of("a")).toBe(otherTenants);
  expect(labels.counted).toBe(0);
});

test("a counter of Prometheus has no more series than labels and one", async () => {
  const registry = new Registry();
  const counter = new Counter({
    name: "calls",
    help: "Calls",
    labelNames: ["tenant"],
    registers: [registry],
  });
  const labels = new TenantLabels({ mask, top: 3, onRetired: (tenant) => counter.remove({ tenant }) });
  for (const tenant of zipf(20_000)) counter.inc({ tenant: labels.of(tenant) });
  const { values } = await counter.get();
  expect(values.map((value) => value.labels.tenant)).toEqual(
    expect.arrayContaining(["z1", "z2", otherTenants]),
  );
  expect(values).toHaveLength(4);
});
