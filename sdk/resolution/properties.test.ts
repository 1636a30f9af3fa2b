import fc from "fast-check";
import { expect, test } from "vitest";
import { isFreeholdError } from "../errors/freehold-error.ts";
import { catalog } from "../testing/catalog.data.ts";
import { knownTenants } from "../testing/known-tenants.ts";
import type { Hint } from "./hint.ts";
import type { ResolutionPolicy } from "./policy.ts";
import { presetNamed } from "./preset-named.ts";
import { presetNames } from "./preset-names.ts";
import { sharedDb } from "./presets.ts";
import { resolve } from "./resolve.ts";

const seed = Number(process.env.FREEHOLD_SEED ?? Math.trunc(Math.random() * 1e9));
const runs = { seed, numRuns: 2_000 };
const { store } = knownTenants();

const everywhere: ResolutionPolicy = {
  ...sharedDb,
  name: "everywhere",
  order: ["path", "token", "context", "host", "header", "grpc", "message", "session", "default"],
  unauthenticated: ["host", "path"],
};
const presets = presetNames.map((preset) => {
  const tenant = preset === "dedicatedSingleTenant" ? "ann" : undefined;
  return presetNamed({ preset, tenant, strict: true, sharedHosts: ["api.test"], readsHosts: true });
});
const policies = [everywhere, ...presets];
const policy = fc.constantFrom(...policies);
const source = fc.constantFrom("path", "token", "context", "host", "header", "grpc", "message", "session");
const tenant = fc.constantFrom(...catalog);

/** A well-formed hint for this tenant, as any source might give it. */
const hintFor = ({ entry, name, host }: (typeof catalog)[number]) =>
  fc
    .record({ source, trusted: fc.boolean(), byName: fc.boolean() })
    .map(({ source: from, trusted, byName }) => {
      const names = from === "host" ? ("host" as const) : ("tenant" as const);
      const value = from === "host" ? host : byName ? name : entry.tenant;
      return {
        source: from,
        raw: [value],
        trusted: trusted && from !== "host",
        names,
        label: from,
        because: "",
      };
    });
const known = tenant.chain(hintFor);
const hostile: fc.Arbitrary<Hint> = fc.record({
  source: fc.oneof(source, fc.constantFrom("static", "default", "cookie")),
  raw: fc.array(
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("", "ann", "bob", "Ann", "__proto__")),
    {
      maxLength: 3,
    },
  ),
  trusted: fc.boolean(),
  names: fc.constantFrom("tenant", "host"),
  label: fc.string(),
  because: fc.constant(""),
});
const hints = fc.array(fc.oneof({ arbitrary: known, weight: 4 }, hostile), { maxLength: 6 });

async function outcome(of: readonly Hint[], by: ResolutionPolicy) {
  try {
    const { tenant: id, authenticated, decidedBy, explanation } = await resolve(of, by, store);
    return { tenant: id, authenticated, decidedBy, refused: null, explanation };
  } catch (error) {
    if (!isFreeholdError(error)) throw error;
    return {
      tenant: null,
      authenticated: false,
      decidedBy: null,
      refused: error.code,
      explanation: error.explanation,
    };
  }
}

const meant = (hint: Hint) =>
  catalog.find(({ entry, name, host }) =>
    (hint.names === "host" ? [host] : [entry.tenant, name]).includes(hint.raw[0] ?? ""),
  )?.entry.tenant;

test(`the order in which hints come changes nothing (seed ${seed})`, async () => {
  const shuffled = hints.chain((all) =>
    fc.record({ all: fc.constant(all), other: fc.shuffledSubarray(all, { minLength: all.length }) }),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, policy, async ({ all, other }, by) => {
      const [one, two] = [await outcome(all, by), await outcome(other, by)];
      expect({ ...two, explanation: null }).toEqual({ ...one, explanation: null });
    }),
    runs,
  );
});

test(`a hint that agrees changes no tenant (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(hints, policy, fc.integer(), async (all, by, pick) => {
      const before = await outcome(all, by);
      const same = catalog.find(({ entry }) => entry.tenant === before.tenant);
      if (!same) return;
      const [added] = fc.sample(hintFor(same), { seed: pick, numRuns: 1 });
      const after = await outcome(added ? [...all, added] : all, by);
      expect(after.tenant).toBe(before.tenant);
      expect(after.authenticated || !before.authenticated).toBe(true);
    }),
    runs,
  );
});

test(`two different tenants never resolve (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(hints, known, known, async (all, one, two) => {
      fc.pre(meant(one) !== meant(two));
      expect((await outcome([...all, one, two], everywhere)).tenant).toBeNull();
    }),
    runs,
  );
});

test(`nothing unproven decides alone unless the policy says so (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(hints, policy, async (all, by) => {
      const unproven = all.map((hint) => ({ ...hint, trusted: false }));
      const { tenant: id, authenticated, decidedBy } = await outcome(unproven, by);
      if (id === null || by.static) return;
      expect(authenticated).toBe(false);
      expect(by.unauthenticated).toContain(decidedBy);
    }),
    runs,
  );
});

test(`who gets a tenant gets the one that a decisive hint names, and every hint is explained (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(hints, policy, async (all, by) => {
      const { tenant: id, decidedBy, refused, explanation } = await outcome(all, by);
      expect(explanation?.hints.length).toBeGreaterThanOrEqual(
        all.filter((hint) => hint.source !== "static").length,
      );
      for (const { saw, reason } of explanation?.hints ?? []) {
        expect(saw.every((text) => /^[\x20-\x7e…]{0,120}$/.test(text))).toBe(true);
        expect(reason).toMatch(/\.$/);
      }
      const deciding = explanation?.hints.filter(({ verdict }) => verdict === "decides") ?? [];
      if (refused !== null) return;
      expect(deciding).toMatchObject([{ source: decidedBy, tenant: id }]);
      expect(
        explanation?.hints.every(({ verdict }) => ["decides", "agrees", "ignored"].includes(verdict)),
      ).toBe(true);
    }),
    runs,
  );
});

test("several hints of one source lead to one answer in either order", async () => {
  const [archived] = catalog.filter(({ entry }) => entry.status === "archived");
  const path = { source: "path", trusted: true, label: "path", because: "" } as const;
  const byHost: Hint = { ...path, raw: ["nobody.test"], names: "host" };
  const byId: Hint = { ...path, raw: ["0e000000-0000-4000-8000-00000000000e"], names: "tenant" };
  const host: Hint = { ...path, source: "host", raw: [archived?.host ?? ""], trusted: false, names: "host" };
  const one = await outcome([byHost, host, byId], everywhere);
  const other = await outcome([byId, host, byHost], everywhere);
  expect(one.refused).not.toBeNull();
  expect(other.refused).toBe(one.refused);
});
