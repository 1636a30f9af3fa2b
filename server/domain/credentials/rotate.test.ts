import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { EnvironmentContext, UserContext } from "@/server/kernel/context";
import { sweep } from "@/server/sagas/sweep";
import { readOperation } from "@/server/testing/attempts";
import { tryLogin } from "@/server/testing/logins";
import { workOff, workUntil } from "@/server/testing/work-until";
import { createWorld, type World } from "@/server/testing/world";
import { issueCredential } from "./issue";
import { revokeCredential } from "./revoke";
import { rotateCredential } from "./rotate";
import { scheduleRotation } from "./schedule";

let world: World;
let ann: UserContext;
let here: EnvironmentContext;
let count = 0;

beforeAll(async () => {
  world = await createWorld({ isServed: true });
  ann = await world.person("Ann");
});
afterAll(() => world.end());

/** An environment of the test's own. */
async function settleIn(): Promise<void> {
  const { environment: created } = await world.organization(ann, `Acme ${++count}`);
  await workOff(world);
  here = await world.inEnvironment(ann, created.id);
}

const at = (credential: string) => ({ environment: here.environment.id, credential });
const issue = async (name: string) => {
  const input = { environment: here.environment.id, name, scope: "readwrite" as const, days: 30 };
  return workUntil(world, issueCredential(here, input));
};
const order = (credential: string, overlapSeconds = 3600) =>
  rotateCredential(here, { ...at(credential), overlapSeconds });
const login = (secret: string | null) => tryLogin(world, here.environment.id, secret);
const becomes = (secret: string | null, outcome: string) =>
  vi.waitFor(async () => expect(await login(secret)).toBe(outcome), 10_000);

async function rowOf(id: string) {
  const [row] = await world.db.select().from(databaseCredential).where(eq(databaseCredential.id, id));
  if (!row) throw new Error(`There is no credential ${id}.`);
  return row;
}

const ofServices = () =>
  world.db
    .select()
    .from(databaseCredential)
    .where(
      and(
        eq(databaseCredential.environmentId, here.environment.id),
        eq(databaseCredential.audience, "services"),
      ),
    )
    .orderBy(databaseCredential.issuedAt, databaseCredential.generation);

const epoch = async () => {
  const [row] = await world.db
    .select({ epoch: environment.epoch })
    .from(environment)
    .where(eq(environment.id, here.environment.id));
  return row?.epoch ?? 0;
};

test("both secrets work until the overlap is over, then the sweep ends the old one", async () => {
  await settleIn();
  const old = await issue("Reports");
  const before = await epoch();
  const next = await workUntil(world, order(old.credential.id));
  expect([await login(old.secret), await login(next.secret)]).toEqual(["opens", "opens"]);
  expect(await rowOf(old.credential.id)).toMatchObject({ status: "rotating", revokeAfter: expect.any(Date) });
  expect(await rowOf(next.credential.id)).toMatchObject({
    status: "active",
    generation: 2,
    seriesId: old.credential.seriesId,
    rotatedFrom: old.credential.id,
    scope: "readwrite",
  });
  expect(await epoch()).toBeGreaterThan(before);

  await sweep(world.db);
  await workOff(world);
  expect(await login(old.secret)).toBe("opens");
  await world.db
    .update(databaseCredential)
    .set({ revokeAfter: new Date(Date.now() - 1000) })
    .where(eq(databaseCredential.id, old.credential.id));
  await Promise.all([sweep(world.db), sweep(world.db)]);
  await workOff(world);
  await becomes(old.secret, "AUTH_FAILED");
  expect(await login(next.secret)).toBe("opens");
  expect(await rowOf(old.credential.id)).toMatchObject({ status: "revoked", tokenCipher: null });
  const entries = await world.db
    .select({ action: auditEntry.action })
    .from(auditEntry)
    .where(eq(auditEntry.subjectId, old.credential.id));
  expect(entries.map(({ action }) => action)).toEqual([
    "credential.issue",
    "credential.activate",
    "credential.order_rotation",
    "credential.retire",
  ]);
});

test("without an overlap the old one ends with the next sweep, and a rotation after it makes the third", async () => {
  await settleIn();
  const first = await issue("Hurried");
  const second = await workUntil(world, order(first.credential.id, 0));
  await sweep(world.db);
  await workOff(world);
  await becomes(first.secret, "AUTH_FAILED");
  const third = await workUntil(world, order(second.credential.id));
  expect(await rowOf(third.credential.id)).toMatchObject({ generation: 3, status: "active" });
  await expect(order(first.credential.id)).rejects.toMatchObject({ code: "precondition" });
});

test("a second rotation at once is a conflict, and the first one goes on", async () => {
  await settleIn();
  const { credential } = await issue("Contended");
  const first = order(credential.id);
  await vi.waitFor(async () => expect(await pendingCount(credential.seriesId)).toBe(1));
  await expect(order(credential.id)).rejects.toMatchObject({ code: "conflict" });
  const next = await workUntil(world, first);
  expect(await login(next.secret)).toBe("opens");
  await expect(order(credential.id)).rejects.toMatchObject({ code: "precondition" });
  expect(await pendingCount(credential.seriesId)).toBe(0);
});

async function pendingCount(seriesId: string): Promise<number> {
  const rows = await world.db
    .select({ id: databaseCredential.id })
    .from(databaseCredential)
    .where(and(eq(databaseCredential.seriesId, seriesId), eq(databaseCredential.status, "pending")));
  return rows.length;
}

test("a credential that is revoked during its rotation has no successor", async () => {
  await settleIn();
  const { credential, secret } = await issue("Leaked");
  const rotating = order(credential.id);
  await vi.waitFor(async () => expect(await pendingCount(credential.seriesId)).toBe(1));
  await revokeCredential(here, { ...at(credential.id), reason: "It leaked" });
  const answer = await workUntil(world, rotating);
  await workOff(world);
  expect(answer.secret).toBeNull();
  expect(await readOperation(world, answer.operation.id)).toMatchObject({
    status: "failed",
    error: "It was revoked in the meantime.",
  });
  await becomes(secret, "AUTH_FAILED");
  expect(await rowOf(answer.credential.id)).toMatchObject({
    status: "revoked",
    tokenHash: null,
    tokenCipher: null,
  });
});

test("a successor that is revoked before it serves leaves the old one as it was", async () => {
  await settleIn();
  const { credential, secret } = await issue("Kept");
  const rotating = order(credential.id);
  const next = await vi.waitFor(async () => {
    const [row] = await world.db
      .select()
      .from(databaseCredential)
      .where(eq(databaseCredential.rotatedFrom, credential.id));
    if (!row) throw new Error("It is not registered yet.");
    return row;
  });
  await revokeCredential(here, { ...at(next.id), reason: "On second thoughts" });
  expect((await workUntil(world, rotating)).secret).toBeNull();
  await workOff(world);
  expect(await rowOf(credential.id)).toMatchObject({ status: "active", revokeAfter: null });
  expect(await login(secret)).toBe("opens");
});

test("services get another credential when theirs is revoked, and never two", async () => {
  await settleIn();
  const [first] = await ofServices();
  const revoke = () => revokeCredential(here, { ...at(first?.id ?? ""), reason: "It leaked" });
  const outcomes = await Promise.allSettled([revoke(), revoke()]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await workOff(world);
  const rows = await ofServices();
  expect(rows.map(({ status, generation }) => [status, generation])).toEqual([
    ["revoked", 1],
    ["active", 1],
  ]);
  expect(rows[0]).toMatchObject({ tokenCipher: null, revokeReason: "It leaked" });
  expect(rows[1]?.tokenCipher).not.toBeNull();
  expect(rows[1]?.tokenHash).not.toBe(rows[0]?.tokenHash);
});

const age = (id: string, days: number) =>
  world.db
    .update(databaseCredential)
    .set({ activatedAt: new Date(Date.now() - days * 86_400_000) })
    .where(eq(databaseCredential.id, id));

const rotations = async () => {
  const { saga, environmentId } = operation;
  const rows = await world.db
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(saga, "rotate-credential"), eq(environmentId, here.environment.id)));
  return rows.length;
};

test("a schedule rotates services' credential when its day has come, once, and goes on with the next", async () => {
  await settleIn();
  const [first] = await ofServices();
  const id = first?.id ?? "";
  await scheduleRotation(here, { ...at(id), everyDays: 30 });
  await age(id, 29);
  await sweep(world.db);
  expect(await rotations()).toBe(0);
  await age(id, 31);
  await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
  await sweep(world.db);
  expect(await rotations()).toBe(0);
  await resumeEnvironment(here);
  await Promise.all([sweep(world.db), sweep(world.db), sweep(world.db)]);
  await workOff(world);
  await sweep(world.db);
  await workOff(world);
  expect(await rotations()).toBe(1);
  expect((await ofServices()).map(({ status, rotateEveryDays }) => [status, rotateEveryDays])).toEqual([
    ["rotating", 30],
    ["active", 30],
  ]);
});

test("a schedule is lifted, and is not for a credential that somebody holds", async () => {
  await settleIn();
  const [first] = await ofServices();
  const id = first?.id ?? "";
  await scheduleRotation(here, { ...at(id), everyDays: 1 });
  await scheduleRotation(here, { ...at(id), everyDays: null });
  await age(id, 400);
  await sweep(world.db);
  expect(await rotations()).toBe(0);
  const { credential } = await issue("Held");
  await expect(scheduleRotation(here, { ...at(credential.id), everyDays: 30 })).rejects.toMatchObject({
    code: "precondition",
  });
});
