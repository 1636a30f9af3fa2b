import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment } from "@/drizzle/control/schema/environments";
import { verifyChain } from "@/server/audit/verify";
import { builtInClusters } from "@/server/domain/clusters/names";
import { updateCluster } from "@/server/domain/clusters/update";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { setRecoveryDays } from "@/server/domain/settings/set-recovery-days";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { addMember } from "@/server/testing/add-member";
import { workOff } from "@/server/testing/work-until";
import { createWorld, type World } from "@/server/testing/world";
import { setResidency } from "./set-residency";

let world: World;
let operator: UserContext;
let count = 0;

/** A cluster abroad, where no test ever builds anything. */
const abroad = newId();

beforeAll(async () => {
  world = await createWorld();
  operator = await world.person("Operator", { isOperator: true });
  const now = new Date();
  await world.db.insert(cluster).values({
    id: abroad,
    slug: "abroad",
    name: "Abroad",
    driver: "postgres",
    region: "eu-west",
    state: "active",
    createdAt: now,
    updatedAt: now,
  });
});
afterAll(() => world.end());

/** An organization whose data is in us-east, with the fence as asked for. */
async function found(residency: "us-east" | null): Promise<OrganizationContext> {
  const { ctx } = await world.organization(operator, `Acme ${++count}`);
  await workOff(world);
  if (residency !== null) await setResidency(ctx, { organization: ctx.organization.slug, residency });
  return world.inOrganization(operator, ctx.organization.id);
}

const fence = (ctx: OrganizationContext, residency: "us-east" | "eu-west" | null) =>
  setResidency(ctx, { organization: ctx.organization.slug, residency });

const create = (ctx: OrganizationContext, where: { region?: "us-east" | "eu-west"; cluster?: string }) => {
  const slug = `e-${++count}`;
  const input = { organization: ctx.organization.slug, name: slug, slug, envType: "test" as const };
  return createEnvironment(ctx, { ...input, ...where });
};

async function entries(ctx: OrganizationContext, action: string) {
  const rows = await world.db
    .select({ detail: auditEntry.detail, actor: auditEntry.actorLabel })
    .from(auditEntry)
    .where(and(eq(auditEntry.chain, ctx.organization.id), eq(auditEntry.action, action)));
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }));
}

const environmentsOf = (ctx: OrganizationContext) =>
  world.db
    .select({ slug: environment.slug })
    .from(environment)
    .where(eq(environment.organizationId, ctx.organization.id));

test("a fence stands where all data is already, and who set it is on the trail", async () => {
  const ctx = await found(null);
  expect(await fence(ctx, "us-east")).toEqual({ residency: "us-east" });
  expect(await entries(ctx, "organization.set_residency")).toEqual([
    { detail: { from: null, to: "us-east" }, actor: operator.actor.label },
  ]);
});

test("a fence around another place is refused, changes nothing and is on the trail all the same", async () => {
  const ctx = await found(null);
  await expect(fence(ctx, "eu-west")).rejects.toMatchObject({
    code: "residency_violation",
    message: "The data of prod is in us-east. Delete it for good there first.",
  });
  expect((await world.inOrganization(operator, ctx.organization.id)).organization.residency).toBeNull();
  expect(await entries(ctx, "organization.set_residency")).toEqual([]);
  expect(await entries(ctx, "placement.refuse")).toMatchObject([{ detail: { region: "eu-west" } }]);
});

test("nothing is placed outside, neither by region nor on a cluster named by an operator", async () => {
  const ctx = await found("us-east");
  const attempts = [
    create(ctx, { region: "eu-west" }),
    create(ctx, { cluster: "abroad" }),
    create(ctx, { region: "eu-west", cluster: "abroad" }),
  ];
  for (const outcome of await Promise.allSettled(attempts))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "residency_violation" } });
  expect(await environmentsOf(ctx)).toEqual([{ slug: "prod" }]);
  const refusals = await entries(ctx, "placement.refuse");
  expect(refusals).toHaveLength(3);
  expect(JSON.stringify(refusals)).toContain("Its data must stay in us-east, and eu-west was asked for.");
  expect(await verifyChain(world.db, ctx.organization.id)).toMatchObject({ broken: null });
  expect(await create(ctx, {})).toMatchObject({ environment: { status: "provisioning" } });
});

test("a region that is full is no reason to leave it", async () => {
  const ctx = await found("us-east");
  const inRegion = eq(cluster.region, "us-east");
  await world.db.update(cluster).set({ capacity: 0 }).where(inRegion);
  try {
    await expect(create(ctx, {})).rejects.toMatchObject({ code: "residency_violation" });
  } finally {
    await world.db.update(cluster).set({ capacity: null }).where(inRegion);
  }
});

test("a cluster that holds fenced data keeps its region", async () => {
  const ctx = await found("us-east");
  const move = { cluster: builtInClusters.files, region: "eu-west" as const };
  await expect(updateCluster(operator, move)).rejects.toMatchObject({
    code: "residency_violation",
    message: expect.stringContaining("must stay in its region"),
  });
  const [row] = await world.db.select().from(cluster).where(eq(cluster.id, builtInClusters.files));
  expect(row?.region).toBe("us-east");
  await fence(ctx, null);
});

test("data that can still be recovered is still there", async () => {
  const ctx = await found(null);
  await setRecoveryDays(operator, { days: 7 });
  const { environment: away } = await create(ctx, { region: "us-east" });
  await workOff(world);
  const here = await world.inEnvironment(operator, away.id);
  await deleteEnvironment(here, { environment: away.id, confirm: away.slug });
  await setRecoveryDays(operator, { days: 0 });
  await expect(fence(ctx, "eu-west")).rejects.toMatchObject({ code: "residency_violation" });
});

test("a fence that is lifted lets data go where it is asked for", async () => {
  const ctx = await found("us-east");
  await fence(ctx, null);
  const free = await world.inOrganization(operator, ctx.organization.id);
  expect(free.organization).toMatchObject({ residency: null, region: "us-east" });
  expect(await create(free, { cluster: "abroad" })).toMatchObject({
    environment: { status: "provisioning" },
  });
});

test("only an owner sets it", async () => {
  const ctx = await found(null);
  for (const role of ["admin", "member"] as const) {
    const person = await addMember(world, ctx, `Some ${role}`, role);
    const theirs = await world.inOrganization(person, ctx.organization.id);
    await expect(fence(theirs, "us-east")).rejects.toMatchObject({ code: "forbidden" });
  }
  const stranger = await world.person("Stranger");
  await expect(world.inOrganization(stranger, ctx.organization.id)).rejects.toMatchObject({
    code: "not_found",
  });
});
