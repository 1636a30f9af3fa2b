import { expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { sweep } from "@/server/sagas/sweep";
import { readOperation } from "@/server/testing/attempts";
import { chainFlaws } from "@/server/testing/invariants/records";
import { faultKinds, type Fault, type FaultKind } from "./inject";
import { scenarios, type ScenarioName } from "./scenarios";
import type { FaultWorld } from "./world";

/** The calls that each scenario makes when nothing goes wrong, in order. */
export type Calls = Partial<Record<ScenarioName, string>>;

/** From these on there is only forward: what goes wrong is tried again until it works. */
const forwardOnly = new Set(["revokeLogin", "suspendDatabase", "resumeDatabase", "dropDatabase"]);
const givesUp = new Set<FaultKind>(["is refused before", "is refused after", "keeps breaking"]);

let next = 0;

/** The scenario with these faults, what does not hold after it, and what of it remains when its environment is gone. */
async function runCase(world: FaultWorld, name: ScenarioName, faults: Fault[]) {
  const scenario = scenarios[name];
  const slug = `f-${next++}`;
  const subject = await scenario.prepare(world, slug);
  world.faults.arm(...faults);
  const acted = await scenario.act(world, subject);
  await sweep(world.db);
  await world.drive();
  const calls = world.faults.disarm();
  const flaws = await world.flaws();
  const { status } = await readOperation(world, acted.operation);
  await remove(world, slug);
  return { calls, status, flaws: [...flaws, ...(await world.remains())] };
}

async function remove(world: FaultWorld, slug: string): Promise<void> {
  const [row] = await world.db
    .select({ id: environment.id })
    .from(environment)
    .where(eq(environment.slug, slug));
  if (!row) return;
  const here = await world.inEnvironment(world.ann, row.id);
  await deleteEnvironment(here, { environment: row.id, confirm: slug });
  await world.drive();
}

/** Every call of every scenario, with every kind of fault. */
export function testEveryFault(kind: string, world: () => FaultWorld, table: Calls): void {
  const scenariosOf = Object.entries(table) as [ScenarioName, string][];

  test.for(scenariosOf)(`${kind}: %s makes the calls that are tested below`, async ([name, expected]) => {
    const { calls, status, flaws } = await runCase(world(), name, []);
    expect({ calls: calls.join(" "), status, flaws }).toEqual({
      calls: expected,
      status: "succeeded",
      flaws: [],
    });
  });

  const cases = scenariosOf.flatMap(([name, calls]) =>
    calls.split(" ").flatMap((call, at) => faultKinds.map((fault) => [name, call, fault, at] as const)),
  );
  test.for(cases)(`${kind}: %s, %s %s, as call %i`, async ([name, call, fault, at]) => {
    const { status, flaws } = await runCase(world(), name, [{ at, kind: fault }]);
    expect(flaws).toEqual([]);
    expect(status).toBe(givesUp.has(fault) && !forwardOnly.has(call) ? "failed" : "succeeded");
  });

  testTwoFaults(kind, world, scenariosOf);

  test(`${kind}: the audit trail of all of this is whole`, async () => {
    expect(await chainFlaws(world().db)).toEqual([]);
  });
}

/** Pairs that random seeds have found flaws with. */
const known: [ScenarioName, number, FaultKind, number, FaultKind][] = [
  ["rotate", 3, "sleeps before", 4, "keeps breaking"],
  ["provision", 0, "sleeps before", 1, "keeps breaking"],
  ["provision", 0, "sleeps before", 2, "is refused before"],
  ["provision", 0, "sleeps before", 3, "is refused after"],
  ["provision", 1, "is refused before", 2, "sleeps before"],
  ["provision", 4, "sleeps after", 5, "is refused before"],
];
const doubles = 12;
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);

/** Two faults in one run, so that what takes back a failure fails too. The seed is in the title. */
function testTwoFaults(kind: string, world: () => FaultWorld, scenariosOf: [ScenarioName, string][]): void {
  const random = generator(seed);
  const pick = <T>(list: readonly T[], fallback: T): T =>
    list[Math.floor(random() * list.length)] ?? fallback;
  const drawn = Array.from({ length: doubles }, () => {
    const [name, calls] = pick<[ScenarioName, string]>(scenariosOf, ["provision", ""]);
    const first = Math.floor(random() * calls.split(" ").length);
    const second = first + 1 + Math.floor(random() * 4);
    return [name, first, pick(faultKinds, "breaks after"), second, pick(faultKinds, "breaks after")] as const;
  });
  const cases = [...known.filter(([name]) => scenariosOf.some(([one]) => one === name)), ...drawn];
  test.for(cases)(
    `${kind}, seed ${seed}: %s, call %i %s, call %i %s`,
    async ([name, first, firstKind, second, secondKind]) => {
      const faults = [
        { at: first, kind: firstKind },
        { at: second, kind: secondKind },
      ];
      const { flaws } = await runCase(world(), name, faults);
      expect(flaws).toEqual([]);
    },
  );
}

/** The same numbers for the same seed (mulberry32). */
function generator(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
