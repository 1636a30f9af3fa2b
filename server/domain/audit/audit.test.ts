import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newId } from "@/server/kernel/ids";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { setTier } from "@/server/domain/organizations/set-tier";
import { createWorld, type World } from "@/server/testing/world";
import { getAuditEntry } from "./get";
import { listOrganizationAudit } from "./list";
import { organizationActions } from "./names";
import { ListOrganizationAudit } from "./schema";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;
const list = (ctx: OrganizationContext, input: object = {}) =>
  listOrganizationAudit(ctx, ListOrganizationAudit.parse({ organization: ctx.organization.slug, ...input }));

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
});
afterAll(() => world.end());

test("an entry says what it continues", async () => {
  const { items } = await list(acme, { order: "asc" });
  const [first, second] = items;
  const opened = await getAuditEntry(acme, { organization: "acme", entry: second!.id });
  expect(opened).toMatchObject({ ...second, previousHash: first!.hash });
});

test("an entry of another organization is not there", async () => {
  const { ctx: globex } = await world.organization(await world.person("Bo"), "Globex");
  const { items } = await list(globex);
  const entry = items[0]!.id;
  await expect(getAuditEntry(acme, { organization: "acme", entry })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(getAuditEntry(acme, { organization: "acme", entry: newId() })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a member reads no entry", async () => {
  const { items } = await list(acme);
  const member: OrganizationContext = { ...acme, organization: { ...acme.organization, role: "member" } };
  await expect(getAuditEntry(member, { organization: "acme", entry: items[0]!.id })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a span leaves out what is older", async () => {
  const { ctx } = await world.organization(ann, "Old");
  const { total } = await list(ctx);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 3600 * 1000 });
  try {
    expect((await list(ctx, { within: "hour" })).total).toBe(0);
    expect((await list(ctx, { within: "day" })).total).toBe(total);
  } finally {
    vi.useRealTimers();
  }
});

test.for(["asc", "desc"] as const)("every page of a search says how many there are, %s", async (order) => {
  const operator = await world.person("Operator", { isOperator: true });
  const { ctx } = await world.organization(ann, `Paged ${order}`);
  for (const tier of ["premium", "enterprise", "standard", "premium", "enterprise"] as const)
    await setTier(operator, { organizationId: ctx.organization.id, tier });
  const search = "set_tier";
  const whole = await list(ctx, { order, search });
  const there: string[] = [];
  let page = await list(ctx, { order, search, limit: 2 });
  for (; page.next; page = await list(ctx, { order, search, limit: 2, cursor: page.next })) {
    expect(page.total).toBe(5);
    there.push(...page.items.map(({ id }) => id));
  }
  expect(page.total).toBe(5);
  expect([...there, ...page.items.map(({ id }) => id)]).toEqual(whole.items.map(({ id }) => id));
  const back = await list(ctx, { order, search, limit: 2, cursor: page.previous! });
  expect(back.total).toBe(5);
  expect(back.items.map(({ id }) => id)).toEqual(there.slice(2));
});

test("a search that finds nothing finds none in all", async () => {
  expect(await list(acme, { search: "no such thing" })).toMatchObject({ items: [], total: 0 });
});

/** On the fleet's own chain: no organization's list holds them. */
const ofTheFleet =
  /^((api_key|cluster|findings|isolation|keys|placement_rule|pool|service|settings|user)\.|options\.publish$|package\.(delete_draft|deprecate|draft|publish)$)/;

test("every action that a verb records can be filtered by", () => {
  const files = readdirSync("server", { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const recorded = new Set<string>();
  for (const file of files) {
    const source = readFileSync(join("server", file), "utf8");
    if (!/appendAudit\(\s*tx/.test(source)) continue;
    for (const line of source.split("\n").filter((text) => /\baction\b/.test(text))) {
      for (const [, action] of line.matchAll(/"([a-z_]+\.[a-z_]+)"/g)) recorded.add(action!);
    }
  }
  const expected = [...recorded].filter((action) => !ofTheFleet.test(action)).toSorted();
  expect([...organizationActions].toSorted()).toEqual(expected);
});
