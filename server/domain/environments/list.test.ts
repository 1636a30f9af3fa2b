import { afterAll, beforeAll, expect, test } from "vitest";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { createWorld, type World } from "@/server/testing/world";
import { createEnvironment } from "./create";
import { listEnvironments } from "./list";
import { previewEnvironment } from "./preview";
import { ListEnvironments } from "./schema";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;

beforeAll(async () => {
  world = await createWorld();
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
  for (const name of ["Alpha", "beta", "Zeta"]) {
    await createEnvironment(acme, { organization: "acme", name, slug: name.toLowerCase(), envType: "test" });
  }
});
afterAll(() => world.end());

test("the default environment comes first when asked for, then the names in order, across pages", async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listEnvironments(
      acme,
      ListEnvironments.parse({ organization: "acme", sort: "default", limit: 2, cursor }),
    );
    seen.push(...page.items.map((item) => item.slug));
    cursor = page.next ?? undefined;
  } while (cursor);
  expect(seen).toEqual(["prod", "alpha", "beta", "zeta"]);
});

test("each environment comes with its newest operation", async () => {
  const input = ListEnvironments.parse({ organization: "acme" });
  const before = await listEnvironments(acme, input);
  expect(before.items.map((item) => item.lastOperation?.status)).toEqual([
    "queued",
    "queued",
    "queued",
    "queued",
  ]);
  await world.settle();
  const after = await listEnvironments(acme, input);
  for (const item of after.items) {
    expect(item).toMatchObject({
      status: "active",
      lastOperation: { saga: "provision-environment", title: "Provision environment", status: "succeeded" },
    });
    expect(item.lastOperation?.finishedAt).toBeInstanceOf(Date);
  }
});

test("a preview says what would be made, and reserves nothing", async () => {
  expect(await previewEnvironment(acme, { organization: "acme", slug: "staging" })).toMatchObject({
    hostname: "acme-staging.localhost",
    slugIsTaken: false,
    driver: "sqlite",
    isolation: "dedicated",
    region: "us-east",
    refusal: null,
    why: [
      { kind: "cluster", label: "postgres", verdict: "passed" },
      { kind: "preset", label: "DatabasePerTenant", verdict: "taken" },
    ],
    steps: [
      "Create database",
      "Verify database",
      "Make credential",
      "Install credential",
      "Activate environment",
    ],
  });
  const made = await createEnvironment(acme, {
    organization: "acme",
    name: "Staging",
    slug: "staging",
    envType: "staging",
  });
  expect(made.environment.hostname).toBe("acme-staging.localhost");
  expect(await previewEnvironment(acme, { organization: "acme", slug: "staging" })).toMatchObject({
    slugIsTaken: true,
  });
});

test("whoever may not create an environment gets no preview", async () => {
  const member: OrganizationContext = { ...acme, organization: { ...acme.organization, role: "member" } };
  await expect(previewEnvironment(member, { organization: "acme", slug: "staging" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("an operator's preview follows the cluster that is asked for; for others there is no such question", async () => {
  const operator: OrganizationContext = { ...acme, user: { ...acme.user, isOperator: true } };
  const asks = (ctx: OrganizationContext, cluster: string) =>
    previewEnvironment(ctx, { organization: "acme", slug: "here", cluster });
  expect(await asks(operator, "postgres")).toMatchObject({
    cluster: "postgres",
    driver: "postgres",
    why: [{ kind: "request", label: "postgres", verdict: "taken" }],
  });
  expect(await asks(operator, "nowhere")).toMatchObject({
    cluster: null,
    refusal: "The cluster nowhere cannot take it. There is no such cluster.",
  });
  await expect(asks(acme, "postgres")).rejects.toMatchObject({ code: "not_found" });
});

test("a preview says when the plain host name belongs to someone else", async () => {
  const { ctx: other } = await world.organization(await world.person("Bo"), "Acme prod");
  await createEnvironment(other, {
    organization: "acme-prod",
    name: "EU",
    slug: "eu",
    envType: "production",
  });
  expect(await previewEnvironment(acme, { organization: "acme", slug: "prod-eu" })).toMatchObject({
    hostname: expect.stringMatching(/^acme-prod-eu-[0-9a-f]{4}\.localhost$/),
    hostnameIsFinal: false,
    slugIsTaken: false,
  });
});
