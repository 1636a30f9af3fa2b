import { DatabaseSync } from "node:sqlite";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { finding } from "@/drizzle/control/schema/findings";
import { operation } from "@/drizzle/control/schema/operations";
import { organization } from "@/drizzle/control/schema/organizations";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { builtInClusters } from "@/server/domain/clusters/names";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { createWorld, type World } from "@/server/testing/world";
import { adoptOrphan } from "./adopt";
import { destroyOrphan } from "./destroy";
import { listFindings } from "./list";
import { reconcile } from "./reconcile";
import { ListFindings } from "./schema";

let world: World;
let operator: UserContext;
let ann: UserContext;
let acme: OrganizationContext;
let umbrella: OrganizationContext;
let next = 0;

beforeAll(async () => {
  world = await createWorld({ isServed: true });
  operator = await world.person("Operator", { isOperator: true });
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
  umbrella = (await world.organization(ann, "Umbrella")).ctx;
  await world.settle();
});
afterAll(() => world.end());

interface Orphan {
  finding: string;
  tenant: string;
  databaseName: string;
}

const fileOf = (databaseName: string) => join(world.directory, "databases", `${databaseName}.db`);

/** A database that carries an environment's stamp and that nobody registered, with a row in it. */
async function orphan(): Promise<Orphan> {
  const tenant = newId();
  const databaseName = databaseNameFor(environmentId(tenant));
  await (await world.files()).createDatabase({ tenant: environmentId(tenant), databaseName });
  const file = new DatabaseSync(fileOf(databaseName));
  file.exec("create table kept (id integer primary key, word text); insert into kept values (1, 'here')");
  file.close();
  return found(databaseName);
}

async function found(databaseName: string): Promise<Orphan> {
  await reconcile({ ...operator, drivers: world.drivers });
  const { items } = await listFindings(operator, ListFindings.parse({ search: databaseName }));
  const row = items.find((item) => item.databaseName === databaseName);
  if (!row?.tenant) throw new Error("It was not found.");
  return { finding: row.id, tenant: row.tenant, databaseName };
}

const slugFor = () => `adopted-${next++}`;
const adoption = (of: Orphan, slug = slugFor()) => ({
  finding: of.finding,
  organization: acme.organization.slug,
  name: "Adopted",
  slug,
  envType: "staging" as const,
});

const entriesAbout = (action: string, environmentOrDatabase: string) =>
  world.db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.action, action))
    .then((all) => all.filter((entry) => JSON.stringify(entry).includes(environmentOrDatabase)));

test("an orphan becomes an environment where it is, with its data and a credential for services", async () => {
  const lost = await orphan();
  const adopted = await adoptOrphan(operator, adoption(lost, "found-again"));
  expect(adopted.environment).toEqual({ id: lost.tenant, slug: "found-again", organization: "acme" });
  await world.settle();

  const [row] = await world.db.select().from(environment).where(eq(environment.id, lost.tenant));
  expect(row).toMatchObject({
    status: "active",
    name: "Adopted",
    envType: "staging",
    isDefault: false,
    organizationId: acme.organization.id,
  });
  expect(row?.hostname).toMatch(/^acme-found-again\./);
  const [home] = await world.db
    .select()
    .from(environmentDatabase)
    .where(eq(environmentDatabase.environmentId, lost.tenant));
  expect(home).toMatchObject({ clusterId: builtInClusters.files, databaseName: lost.databaseName });
  expect(home?.storageUsedBytes).toBeGreaterThan(0);
  const credentials = await world.db
    .select({ audience: databaseCredential.audience, scope: databaseCredential.scope })
    .from(databaseCredential)
    .where(eq(databaseCredential.environmentId, lost.tenant));
  expect(credentials).toEqual([{ audience: "services", scope: "readwrite" }]);
  const [issued] = await world.db.select().from(operation).where(eq(operation.id, adopted.operation.id));
  expect(issued).toMatchObject({ saga: "issue-credential", environmentId: lost.tenant });

  const file = new DatabaseSync(fileOf(lost.databaseName), { readOnly: true });
  expect(file.prepare("select word from kept").get()).toEqual({ word: "here" });
  file.close();
  expect(await entriesAbout("environment.adopt", lost.databaseName)).toHaveLength(1);
  await reconcile({ ...operator, drivers: world.drivers });
  expect((await listFindings(operator, ListFindings.parse({}))).items).toEqual([]);
});

test("a second time it is gone from the findings, and found again it is known", async () => {
  const lost = await orphan();
  const input = adoption(lost);
  await adoptOrphan(operator, input);
  await expect(adoptOrphan(operator, { ...input, slug: slugFor() })).rejects.toMatchObject({
    code: "not_found",
  });
  // As if the comparison had been made just before.
  const [stale] = await world.db
    .insert(finding)
    .values({
      id: newId(),
      kind: "orphan",
      driver: "sqlite",
      clusterId: builtInClusters.files,
      databaseName: lost.databaseName,
      tenant: lost.tenant,
      subject: lost.databaseName,
      problem: "There is a database, but the registry does not know it.",
      sizeBytes: 1,
      seenAt: new Date(),
    })
    .returning();
  const again = { ...lost, finding: stale?.id ?? "" };
  await expect(adoptOrphan(operator, adoption(again))).rejects.toMatchObject({ code: "conflict" });
  await expect(
    destroyOrphan(operator, { finding: again.finding, confirm: lost.databaseName }),
  ).rejects.toMatchObject({ code: "conflict" });
  await world.settle();
  expect(existsSync(fileOf(lost.databaseName))).toBe(true);
});

test("of two who adopt at once, and one who destroys, exactly one has their way", async () => {
  for (let round = 0; round < 5; round++) {
    const lost = await orphan();
    const results = await Promise.allSettled([
      adoptOrphan(operator, adoption(lost)),
      destroyOrphan(operator, { finding: lost.finding, confirm: lost.databaseName }),
      adoptOrphan(operator, { ...adoption(lost), organization: umbrella.organization.slug }),
    ]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    await world.settle();
    const owned = await world.db.select().from(environment).where(eq(environment.id, lost.tenant));
    expect(existsSync(fileOf(lost.databaseName))).toBe(owned.length === 1);
  }
});

test("what is being destroyed is neither adopted nor destroyed again", async () => {
  const lost = await orphan();
  const ordered = newId();
  await world.db.insert(operation).values({
    id: ordered,
    saga: "destroy-database",
    status: "running",
    subject: lost.databaseName,
    lockKey: lost.tenant,
    input: {},
    actorKind: "system",
    actorLabel: "Freehold",
    requestId: newId(),
    // Another process has it.
    leaseOwner: "elsewhere",
    leaseExpiresAt: Date.now() + 3_600_000,
    runAfter: Date.now() + 3_600_000,
    createdAt: new Date(),
  });
  await expect(adoptOrphan(operator, adoption(lost))).rejects.toMatchObject({ code: "conflict" });
  await expect(
    destroyOrphan(operator, { finding: lost.finding, confirm: lost.databaseName }),
  ).rejects.toMatchObject({ code: "conflict" });
  await world.db.update(operation).set({ status: "failed" }).where(eq(operation.id, ordered));
  await adoptOrphan(operator, adoption(lost));
});

test("only its own name destroys a database, and nothing is left of it", async () => {
  const [lost, other] = [await orphan(), await orphan()];
  const { finding: id } = await found(lost.databaseName);
  for (const confirm of ["", "yes", other.databaseName, lost.databaseName.toUpperCase()])
    await expect(destroyOrphan(operator, { finding: id, confirm })).rejects.toMatchObject({
      code: "invalid",
    });
  await world.settle();
  expect(existsSync(fileOf(lost.databaseName))).toBe(true);
  await destroyOrphan(operator, { finding: id, confirm: lost.databaseName });
  await expect(destroyOrphan(operator, { finding: id, confirm: lost.databaseName })).rejects.toMatchObject({
    code: "not_found",
  });
  await world.settle();
  expect(existsSync(fileOf(lost.databaseName))).toBe(false);
  expect(existsSync(fileOf(other.databaseName))).toBe(true);
  expect(await entriesAbout("findings.destroy", lost.databaseName)).toHaveLength(1);
});

test("data outside of an organization's fence is not adopted into it, and inside it is", async () => {
  const lost = await orphan();
  const fence = (residency: string | null) =>
    world.db.update(organization).set({ residency }).where(eq(organization.id, umbrella.organization.id));
  const input = { ...adoption(lost), organization: umbrella.organization.slug };
  await fence("eu-west");
  await expect(adoptOrphan(operator, input)).rejects.toMatchObject({
    code: "residency_violation",
    field: "organization",
  });
  expect(await world.db.select().from(environment).where(eq(environment.id, lost.tenant))).toEqual([]);
  await fence("us-east");
  await adoptOrphan(operator, input);
  await fence(null);
});

test("a slug that is taken is refused beside its field, and leaves no trace", async () => {
  const lost = await orphan();
  const input = { ...adoption(lost), slug: "prod" };
  await expect(adoptOrphan(operator, input)).rejects.toMatchObject({ code: "conflict", field: "slug" });
  await expect(adoptOrphan(operator, { ...input, organization: "nobody" })).rejects.toMatchObject({
    code: "invalid",
    field: "organization",
  });
  expect(await world.db.select().from(environment).where(eq(environment.id, lost.tenant))).toEqual([]);
  expect(await entriesAbout("environment.adopt", lost.databaseName)).toEqual([]);
  await adoptOrphan(operator, { ...input, slug: slugFor() });
});

test("what is no orphan, or carries no stamp, is neither adopted nor destroyed", async () => {
  for (const change of [{ kind: "damaged" as const }, { tenant: null }, { clusterId: null }]) {
    const lost = await orphan();
    await world.db.update(finding).set(change).where(eq(finding.id, lost.finding));
    await expect(adoptOrphan(operator, adoption(lost))).rejects.toMatchObject({ code: "precondition" });
    await expect(
      destroyOrphan(operator, { finding: lost.finding, confirm: lost.databaseName }),
    ).rejects.toMatchObject({ code: "precondition" });
  }
});

test("whoever is no operator finds nothing, not even the owner of the organization", async () => {
  const lost = await orphan();
  await expect(adoptOrphan(ann, adoption(lost))).rejects.toMatchObject({ code: "not_found" });
  await expect(
    destroyOrphan(ann, { finding: lost.finding, confirm: lost.databaseName }),
  ).rejects.toMatchObject({ code: "not_found" });
  await expect(listFindings(ann, ListFindings.parse({}))).rejects.toMatchObject({ code: "not_found" });
  expect(existsSync(fileOf(lost.databaseName))).toBe(true);
});
