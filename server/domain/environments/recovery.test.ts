import { existsSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment, environmentMember } from "@/drizzle/control/schema/environments";
import { issueCredential } from "@/server/domain/credentials/issue";
import { setRecoveryDays } from "@/server/domain/settings/set-recovery-days";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { databaseNameFor } from "@/server/kernel/database-name";
import { newId } from "@/server/kernel/ids";
import { sweep } from "@/server/sagas/sweep";
import { addFailed } from "@/server/testing/add-failed";
import { addMember } from "@/server/testing/add-member";
import { runAs, tryLogin } from "@/server/testing/logins";
import { workOff, workUntil } from "@/server/testing/work-until";
import { createWorld, type World } from "@/server/testing/world";
import { createEnvironment } from "./create";
import { deleteEnvironment } from "./delete";
import { getEnvironment } from "./get";
import { purgeEnvironment } from "./purge";
import { recoverEnvironment } from "./recover";
import { resumeEnvironment } from "./resume";

let world: World;
let ann: UserContext;
let acme: OrganizationContext;
let next = 0;

beforeAll(async () => {
  world = await createWorld({ isServed: true });
  ann = await world.person("Ann", { isOperator: true });
  acme = (await world.organization(ann, "Acme")).ctx;
  await setRecoveryDays(ann, { days: 7 });
  await workOff(world);
});
afterAll(() => world.end());

async function create(slug = `e-${next++}`): Promise<EnvironmentContext> {
  const input = { organization: acme.organization.slug, name: slug, slug, envType: "test" as const };
  const { environment: created } = await createEnvironment(acme, input);
  await workOff(world);
  return world.inEnvironment(ann, created.id);
}

const named = ({ environment: { id, slug } }: EnvironmentContext) => ({ environment: id, confirm: slug });
const remove = async (ctx: EnvironmentContext) => deleteEnvironment(ctx, named(ctx));
const purge = async (ctx: EnvironmentContext) => purgeEnvironment(ctx, named(ctx));
const fileOf = (ctx: EnvironmentContext) =>
  join(world.directory, "databases", `${databaseNameFor(ctx.environment.id)}.db`);

async function rowOf(ctx: EnvironmentContext) {
  const [row] = await world.db.select().from(environment).where(eq(environment.id, ctx.environment.id));
  return row;
}

const endWindow = (ctx: EnvironmentContext) =>
  world.db
    .update(environment)
    .set({ purgeAt: new Date(Date.now() - 1000) })
    .where(eq(environment.id, ctx.environment.id));

test("a deleted environment refuses everybody, keeps its data and its slug, and comes back as it was", async () => {
  const here = await create("lost");
  const input = { environment: here.environment.id, name: "App", scope: "admin" as const, days: null };
  const { secret } = await workUntil(world, issueCredential(here, input));
  const login = () => tryLogin(world, here.environment.id, secret);
  await runAs(world, here.environment.id, secret, "create table note (text text)");
  await runAs(world, here.environment.id, secret, "insert into note values ('still here')");

  const { operation, recoverableUntil } = await remove(here);
  expect(operation).toBeNull();
  const days = ((recoverableUntil?.getTime() ?? 0) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(7);
  await vi.waitFor(async () => expect(await login()).not.toBe("opens"), 10_000);
  expect(await getEnvironment(here)).toMatchObject({ status: "deleted", purgeAt: recoverableUntil });
  expect(existsSync(fileOf(here))).toBe(true);
  await expect(create("lost")).rejects.toMatchObject({ code: "conflict" });
  for (const verb of [
    () => resumeEnvironment(here),
    () => remove(here),
    () => issueCredential(here, { ...input, name: "Another" }),
  ])
    await expect(verb()).rejects.toMatchObject({ code: "precondition" });

  await sweep(world.db);
  await workOff(world);
  await recoverEnvironment(here);
  expect(await rowOf(here)).toMatchObject({ status: "active", purgeAt: null });
  await vi.waitFor(async () => expect(await login()).toBe("opens"), 10_000);
  expect(await runAs(world, here.environment.id, secret, "select text from note")).toEqual([
    { text: "still here" },
  ]);
  await expect(recoverEnvironment(here)).rejects.toMatchObject({ code: "precondition" });
});

test("when its window is over the sweep ends it for good, once, and says so on the trail", async () => {
  const here = await create();
  await remove(here);
  await endWindow(here);
  await Promise.all([sweep(world.db), sweep(world.db)]);
  await workOff(world);
  await sweep(world.db);
  await workOff(world);
  expect(await rowOf(here)).toBeUndefined();
  expect(existsSync(fileOf(here))).toBe(false);
  const entries = await world.db
    .select({ action: auditEntry.action, door: auditEntry.door })
    .from(auditEntry)
    .where(eq(auditEntry.subjectId, here.environment.id));
  expect(entries.map(({ action }) => action)).toEqual([
    "environment.create",
    "environment.activate",
    "environment.delete",
    "environment.purge",
    "environment.remove",
  ]);
  expect(entries[3]?.door).toBe("worker");
  expect((await create(here.environment.slug)).environment.id).not.toBe(here.environment.id);
});

test("a purge needs a deleted environment and its slug, and cannot be taken back", async () => {
  const here = await create();
  await expect(purge(here)).rejects.toMatchObject({ code: "precondition" });
  await remove(here);
  await expect(
    purgeEnvironment(here, { environment: here.environment.id, confirm: "prod" }),
  ).rejects.toMatchObject({ code: "invalid", field: "confirm" });
  expect(existsSync(fileOf(here))).toBe(true);
  await purge(here);
  await expect(recoverEnvironment(here)).rejects.toMatchObject({ code: "precondition" });
  await workOff(world);
  expect([await rowOf(here), existsSync(fileOf(here))]).toEqual([undefined, false]);
});

test("of a recovery, a purge and the sweep at once one wins, and the database is where the registry says", async () => {
  for (let round = 0; round < 4; round++) {
    const here = await create();
    await remove(here);
    await endWindow(here);
    const outcomes = await Promise.allSettled([recoverEnvironment(here), purge(here), sweep(world.db)]);
    expect(outcomes.slice(0, 2).filter(({ status }) => status === "fulfilled").length).toBeLessThan(2);
    await workOff(world);
    const row = await rowOf(here);
    expect(row?.status).toBe(outcomes[0]?.status === "fulfilled" ? "active" : undefined);
    expect(existsSync(fileOf(here))).toBe(row !== undefined);
  }
});

test("without a window, or where nothing ever served, it goes at once", async () => {
  await setRecoveryDays(ann, { days: 0 });
  const here = await create();
  expect(await remove(here)).toMatchObject({ operation: { id: expect.any(String) }, recoverableUntil: null });
  await setRecoveryDays(ann, { days: 7 });
  const failed = await world.inEnvironment(ann, await addFailed(world, (await create()).environment.id));
  expect(await remove(failed)).toMatchObject({ recoverableUntil: null });
  await workOff(world);
  expect([await rowOf(here), await rowOf(failed)]).toEqual([undefined, undefined]);
});

test("only who may delete may recover and purge", async () => {
  const here = await create();
  await remove(here);
  const maker = await addMember(world, acme, "Maker");
  await world.db.insert(environmentMember).values({
    id: newId(),
    environmentId: here.environment.id,
    organizationId: acme.organization.id,
    userId: maker.user.id,
    role: "env_maker",
    createdAt: new Date(),
  });
  const theirs = await world.inEnvironment(maker, here.environment.id);
  await expect(recoverEnvironment(theirs)).rejects.toMatchObject({ code: "forbidden" });
  await expect(purge(theirs)).rejects.toMatchObject({ code: "forbidden" });
  await expect(world.inEnvironment(await world.person("Eve"), here.environment.id)).rejects.toMatchObject({
    code: "not_found",
  });
});
