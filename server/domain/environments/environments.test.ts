import { existsSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment } from "@/drizzle/control/schema/environments";
import { verifyChain } from "@/server/audit/verify";
import type { UserContext } from "@/server/kernel/context";
import { createWorld, type World } from "@/server/testing/world";
import { archiveEnvironment } from "./archive";
import { createEnvironment } from "./create";
import { deleteEnvironment } from "./delete";
import { getEnvironment } from "./get";
import { inspectEnvironment } from "./inspect";
import { listEnvironments } from "./list";
import { protectEnvironment } from "./protect";
import { resumeEnvironment } from "./resume";
import { ListEnvironments } from "./schema";
import { setDefaultEnvironment } from "./set-default";
import { suspendEnvironment } from "./suspend";

let world: World;
let ann: UserContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
});
afterAll(() => world.end());

test("a new organization has a default environment whose database is there a moment later", async () => {
  const { environment: created } = await world.organization(ann, "Acme");
  expect(created).toMatchObject({
    slug: "prod",
    envType: "production",
    status: "provisioning",
    hostname: "acme-prod.localhost",
  });
  await world.settle();
  const ctx = await world.inEnvironment(ann, created.id);
  expect(await getEnvironment(ctx)).toMatchObject({
    status: "active",
    isDefault: true,
    lastOperation: { status: "succeeded" },
  });
  const facts = await inspectEnvironment(ctx);
  expect(facts.stamp.tenant).toBe(created.id);
  expect(facts.tables.map((table) => table.name)).toContain("sys_package_installation");
});

test("one environment lives through its states and leaves nothing behind", async () => {
  const { ctx } = await world.organization(ann, "Lifecycle");
  const { environment: created } = await createEnvironment(ctx, {
    organization: ctx.organization.slug,
    name: "Staging",
    slug: "staging",
    envType: "staging",
  });
  await world.settle();
  const here = await world.inEnvironment(ann, created.id);
  await suspendEnvironment(here, { environment: created.id, reason: "maintenance" });
  await expect(suspendEnvironment(here, { environment: created.id, reason: "" })).rejects.toMatchObject({
    code: "precondition",
  });
  await resumeEnvironment(here);
  await archiveEnvironment(here, { environment: created.id, reason: "done" });
  await resumeEnvironment(here);
  const file = join(world.directory, "databases", `env_${created.id.replaceAll("-", "")}.db`);
  expect(existsSync(file)).toBe(true);
  await expect(deleteEnvironment(here, { environment: created.id, confirm: "prod" })).rejects.toMatchObject({
    code: "invalid",
  });
  await deleteEnvironment(here, { environment: created.id, confirm: "staging" });
  await world.settle();
  expect(existsSync(file)).toBe(false);
  expect(await world.db.select().from(environment).where(eq(environment.id, created.id))).toEqual([]);
  const actions = (
    await world.db.select().from(auditEntry).where(eq(auditEntry.environmentId, created.id))
  ).map((entry) => entry.action);
  expect(actions).toEqual([
    "environment.create",
    "environment.activate",
    "environment.suspend",
    "environment.resume",
    "environment.archive",
    "environment.resume",
    "environment.delete",
    "environment.remove",
  ]);
  expect(await verifyChain(world.db, ctx.organization.id)).toMatchObject({ broken: null });
});

test("the default environment cannot be deleted until another one is the default", async () => {
  const { ctx, environment: prod } = await world.organization(ann, "Defaults");
  const { environment: next } = await createEnvironment(ctx, {
    organization: ctx.organization.slug,
    name: "Next",
    slug: "next",
    envType: "production",
  });
  await world.settle();
  const here = await world.inEnvironment(ann, prod.id);
  await expect(deleteEnvironment(here, { environment: prod.id, confirm: "prod" })).rejects.toMatchObject({
    code: "precondition",
  });
  await setDefaultEnvironment(await world.inEnvironment(ann, next.id));
  await protectEnvironment(here, { environment: prod.id, isProtected: true });
  await expect(deleteEnvironment(here, { environment: prod.id, confirm: "prod" })).rejects.toMatchObject({
    code: "precondition",
  });
  await protectEnvironment(here, { environment: prod.id, isProtected: false });
  await deleteEnvironment(here, { environment: prod.id, confirm: "prod" });
  await world.settle();
  await expect(world.inEnvironment(ann, prod.id)).rejects.toMatchObject({ code: "not_found" });
});

test("pages go forth and back over every environment exactly once", async () => {
  const { ctx } = await world.organization(ann, "Pages");
  for (let n = 0; n < 7; n++) {
    await createEnvironment(ctx, {
      organization: ctx.organization.slug,
      name: `Env ${n % 3}`,
      slug: `env-${n}`,
      envType: "test",
    });
  }
  const seen: string[] = [];
  let input = ListEnvironments.parse({ organization: ctx.organization.slug, limit: 3 });
  let page = await listEnvironments(ctx, input);
  expect(page.total).toBe(8);
  const first = page.items.map((item) => item.slug);
  for (;;) {
    seen.push(...page.items.map((item) => item.slug));
    if (!page.next) break;
    input = { ...input, cursor: page.next };
    page = await listEnvironments(ctx, input);
  }
  expect(new Set(seen).size).toBe(8);
  expect(seen).toHaveLength(8);
  while (page.previous) page = await listEnvironments(ctx, { ...input, cursor: page.previous });
  expect(page.items.map((item) => item.slug)).toEqual(first);
});

test("a stranger cannot open an environment of another organization", async () => {
  const bob = await world.person("Bob");
  const { environment: created, ctx } = await world.organization(ann, "Closed");
  await expect(world.inEnvironment(bob, created.id)).rejects.toMatchObject({ code: "not_found" });
  await expect(world.inOrganization(bob, ctx.organization.slug)).rejects.toMatchObject({ code: "not_found" });
});

test("the same Idempotency-Key gives the same environment, with another body a conflict", async () => {
  const { ctx } = await world.organization(ann, "Idempotent");
  const keyed = { ...ctx, idempotencyKey: "k1" };
  const input = { organization: ctx.organization.slug, name: "A", slug: "a", envType: "test" as const };
  const one = await createEnvironment(keyed, input);
  expect(await createEnvironment(keyed, input)).toEqual(one);
  await expect(createEnvironment(keyed, { ...input, slug: "b" })).rejects.toMatchObject({ code: "conflict" });
});

test("fifty environments at once all become active", async () => {
  const { ctx } = await world.organization(ann, "Crowd");
  await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      createEnvironment(ctx, {
        organization: ctx.organization.slug,
        name: `N ${n}`,
        slug: `n-${n}`,
        envType: "preview",
      }),
    ),
  );
  await world.settle();
  const active = await listEnvironments(
    ctx,
    ListEnvironments.parse({ organization: ctx.organization.slug, status: "active", limit: 100 }),
  );
  expect(active.total).toBe(51);
});
