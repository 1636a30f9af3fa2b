import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment, environmentMember } from "@/drizzle/control/schema/environments";
import { environmentOptionsVersion } from "@/drizzle/control/schema/options";
import type { JsonObject } from "@/sdk/options/json";
import { publishOptions } from "@/server/connect/publish-options";
import { createEnvironment } from "@/server/domain/environments/create";
import { addService } from "@/server/domain/services/add";
import { AddService } from "@/server/domain/services/schema";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentRole } from "@/server/kernel/roles";
import { addMember } from "@/server/testing/add-member";
import { createWorld, type World } from "@/server/testing/world";
import { clearOptions } from "./clear";
import { getOptions } from "./get";
import { getOptionsVersion } from "./get-version";
import { listOptions } from "./list";
import { listOptionsHistory } from "./list-history";
import { optionsLimits } from "./names";
import { restoreOptions } from "./restore";
import { ListOptions, ListOptionsHistory } from "./schema";
import { setOptions } from "./set";

let world: World;
let acme: OrganizationContext;
let here: EnvironmentContext;
let ann: UserContext;
let count = 0;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
});
afterAll(() => world.end());
beforeEach(async () => {
  here = await addPlace();
});

async function addPlace(): Promise<EnvironmentContext> {
  const slug = `e-${count++}`;
  const input = { organization: acme.organization.slug, name: slug, slug, envType: "test" } as const;
  return world.inEnvironment(ann, (await createEnvironment(acme, input)).environment.id);
}

const at = (name = "checkout") => ({ environment: String(here.environment.id), name });
const set = (value: JsonObject, expectedVersion: number, name = "checkout") =>
  setOptions(here, { ...at(name), value, expectedVersion, reason: "" });
const history = async (name = "checkout") =>
  (await listOptionsHistory(here, ListOptionsHistory.parse({ ...at(name) }))).items;
const epoch = async () => {
  const [row] = await world.db
    .select({ epoch: environment.epoch })
    .from(environment)
    .where(eq(environment.id, here.environment.id));
  return row?.epoch ?? 0;
};
const entries = () =>
  world.db
    .select({ action: auditEntry.action, detail: auditEntry.detail, actor: auditEntry.actorLabel })
    .from(auditEntry)
    .where(and(eq(auditEntry.environmentId, here.environment.id), eq(auditEntry.subjectKind, "options")));

async function publish(name: string, body: unknown, service = "Orders") {
  const boss = await world.person("Boss", { isOperator: true });
  const added = (await addService(boss, AddService.parse({ name: service }))).service;
  return publishOptions(world.db, { service: added, requestId: newId() }, name, body);
}

const schema = {
  type: "object",
  properties: { express: { type: "boolean" }, limit: { type: "integer", maximum: 100 } },
  required: ["express", "limit"],
  additionalProperties: false,
};

test("a set that nobody has heard of is empty and has no version", async () => {
  expect(await getOptions(here, at())).toEqual({
    name: "checkout",
    version: 0,
    value: {},
    reason: "",
    changedAt: null,
    changedBy: null,
    effective: {},
    mistakes: [],
    definition: null,
  });
  expect(await history()).toEqual([]);
});

test("an overlay is kept, raises the epoch, and its entry names keys and no values", async () => {
  const before = await epoch();
  const saved = await setOptions(here, {
    ...at(),
    value: { express: true, mail: { from: "shop@example.com", to: null } },
    expectedVersion: 0,
    reason: "Summer sale",
  });
  expect(saved).toMatchObject({ version: 1, reason: "Summer sale", changedBy: ann.actor.label });
  expect(saved.value).toEqual({ express: true, mail: { from: "shop@example.com" } });
  expect(await epoch()).toBe(before + 1);
  const [entry] = await entries();
  expect(entry).toMatchObject({ action: "options.set", actor: ann.actor.label });
  expect(JSON.parse(entry?.detail ?? "")).toEqual({
    version: 1,
    changed: ["express", "mail.from"],
    reason: "Summer sale",
  });
  expect(entry?.detail).not.toContain("shop@example.com");
});

test("the same value again makes no version, no entry and no news", async () => {
  await set({ a: 1, b: { c: [1, 2] } }, 0);
  const before = await epoch();
  expect(await set({ b: { c: [1, 2] }, a: 1 }, 1)).toMatchObject({ version: 1 });
  expect(await epoch()).toBe(before);
  expect(await entries()).toHaveLength(1);
});

test("of people who change the same version at once one succeeds, and the others are told who did", async () => {
  const tried = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => set({ n }, 0)));
  expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const one of tried)
    if (one.status === "rejected")
      expect(one.reason).toMatchObject({
        code: "conflict",
        message: expect.stringContaining(ann.actor.label),
      });
  expect((await history()).map(({ version }) => version)).toEqual([1]);
});

test("the history says who changed what, from what to what", async () => {
  await set({ a: 1, b: { c: true } }, 0);
  await set({ a: 2, d: ["x"] }, 1);
  await restoreOptions(here, { ...at(), version: 1, expectedVersion: 2, reason: "It was better" });
  await clearOptions(here, { ...at(), expectedVersion: 3, reason: "" });
  expect(await history()).toEqual([
    expect.objectContaining({
      version: 4,
      kind: "clear",
      changes: [
        { path: "a", from: "1", to: null },
        { path: "b.c", from: "true", to: null },
      ],
    }),
    expect.objectContaining({ version: 3, kind: "restore", restoredFrom: 1, reason: "It was better" }),
    expect.objectContaining({
      version: 2,
      kind: "set",
      changedBy: ann.actor.label,
      changes: [
        { path: "a", from: "1", to: "2" },
        { path: "b.c", from: "true", to: null },
        { path: "d", from: null, to: '["x"]' },
      ],
    }),
    expect.objectContaining({ version: 1, kind: "set", restoredFrom: null }),
  ]);
  expect(await getOptionsVersion(here, { ...at(), version: 2 })).toMatchObject({ value: { a: 2, d: ["x"] } });
  expect((await entries()).map(({ action }) => action)).toEqual([
    "options.set",
    "options.set",
    "options.restore",
    "options.clear",
  ]);
});

test("what is cleared goes on counting, so that no version is ever another one", async () => {
  await set({ a: 1 }, 0);
  expect(await clearOptions(here, { ...at(), expectedVersion: 1, reason: "" })).toMatchObject({
    version: 2,
    value: {},
  });
  const again = clearOptions(here, { ...at(), expectedVersion: 2, reason: "" });
  await expect(again).rejects.toMatchObject({ code: "precondition" });
  await expect(set({ a: 2 }, 0)).rejects.toMatchObject({ code: "conflict" });
  expect(await set({ a: 2 }, 2)).toMatchObject({ version: 3 });
});

test("a version that is current, or that never was, is not restored", async () => {
  await set({ a: 1 }, 0);
  const restore = (version: number) =>
    restoreOptions(here, { ...at(), version, expectedVersion: 1, reason: "" });
  await expect(restore(1)).rejects.toMatchObject({ code: "precondition" });
  await expect(restore(2)).rejects.toMatchObject({ code: "not_found" });
});

test("only the newest versions are kept", async () => {
  for (let version = 0; version < optionsLimits.versions + 3; version++) await set({ version }, version);
  const rows = await world.db
    .select({ version: environmentOptionsVersion.version })
    .from(environmentOptionsVersion)
    .where(eq(environmentOptionsVersion.environmentId, here.environment.id));
  const versions = rows.map(({ version }) => version);
  expect([versions.length, Math.min(...versions), Math.max(...versions)]).toEqual([100, 4, 103]);
});

test("an environment has at most so many sets", async () => {
  for (let n = 0; n < optionsLimits.sets; n++) await set({ n }, 0, `set-${n}`);
  await expect(set({ n: 0 }, 0, "one-more")).rejects.toMatchObject({ code: "limit" });
  expect(await set({ n: -1 }, 1, "set-0")).toMatchObject({ version: 2 });
});

test("what does not fit the published schema is refused with the option's name, and what fits is merged", async () => {
  await publish("fitting", { schema, defaults: { express: false, limit: 10 } });
  const refused = set({ limit: 1000, colour: "red" }, 0, "fitting");
  await expect(refused).rejects.toMatchObject({ code: "invalid", field: "value.limit" });
  await expect(refused).rejects.toThrow(/limit: .*100.*colour/);
  await set({ limit: 50 }, 0, "fitting");
  expect(await getOptions(here, at("fitting"))).toMatchObject({
    value: { limit: 50 },
    effective: { express: false, limit: 50 },
    mistakes: [],
    definition: { service: "Orders", defaults: { express: false, limit: 10 } },
  });
});

test("an overlay that a newer schema does not take is shown with its mistakes", async () => {
  await publish("moving", { schema: null, defaults: { limit: 10 } }, "Moving");
  await set({ limit: 1000 }, 0, "moving");
  await publish("moving", { schema, defaults: { express: false, limit: 10 } }, "Moving");
  const shown = await getOptions(here, at("moving"));
  expect(shown.mistakes).toEqual([{ path: "limit", message: expect.stringContaining("100") }]);
  const restored = restoreOptions(here, { ...at("moving"), version: 1, expectedVersion: 1, reason: "" });
  await expect(restored).rejects.toMatchObject({ code: "precondition" });
  expect(await clearOptions(here, { ...at("moving"), expectedVersion: 1, reason: "" })).toMatchObject({
    version: 2,
  });
});

test("the list has what is published and what is set here, and nothing from next door", async () => {
  await publish("listed.published", { schema, defaults: { express: false, limit: 10 } });
  await set({ a: 1, b: 2 }, 0, "listed.own");
  const elsewhere = await addPlace();
  await setOptions(elsewhere, {
    environment: elsewhere.environment.id,
    name: "listed.elsewhere",
    value: { a: 1 },
    expectedVersion: 0,
    reason: "",
  });
  const asked = ListOptions.parse({ environment: here.environment.id, search: "listed", limit: 1 });
  const first = await listOptions(here, asked);
  const second = await listOptions(here, { ...asked, cursor: first.next ?? "" });
  expect([first.total, second.next]).toEqual([2, null]);
  expect([...first.items, ...second.items]).toEqual([
    expect.objectContaining({ name: "listed.own", version: 1, overrides: 2, service: null }),
    expect.objectContaining({ name: "listed.published", version: 0, overrides: 0, service: "Orders" }),
  ]);
});

test.for<[EnvironmentRole, string]>([
  ["env_admin", "ok"],
  ["env_maker", "ok"],
  ["env_user", "forbidden"],
  ["env_viewer", "forbidden"],
])("%s reads, and writing is %s", async ([role, outcome]) => {
  const person = await addMember(world, acme, "Bob");
  await world.db.insert(environmentMember).values({
    id: newId(),
    environmentId: here.environment.id,
    organizationId: acme.organization.id,
    userId: person.user.id,
    role,
    createdAt: new Date(),
  });
  const ctx = await world.inEnvironment(person, here.environment.id);
  expect(await getOptions(ctx, at())).toMatchObject({ version: 0 });
  const outcomeOf = (work: Promise<unknown>) =>
    work.then(
      () => "ok",
      ({ code }: { code: string }) => code,
    );
  const asked = { ...at(), expectedVersion: 0, reason: "" };
  expect(await outcomeOf(setOptions(ctx, { ...asked, value: { a: 1 } }))).toBe(outcome);
  const next = outcome === "ok" ? 1 : 0;
  if (outcome === "ok") await clearOptions(ctx, { ...asked, expectedVersion: next });
  else {
    expect(await outcomeOf(clearOptions(ctx, asked))).toBe(outcome);
    expect(await outcomeOf(restoreOptions(ctx, { ...asked, version: 1 }))).toBe(outcome);
    expect(await history()).toEqual([]);
  }
});
