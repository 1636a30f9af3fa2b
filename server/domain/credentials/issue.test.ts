import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentMember } from "@/drizzle/control/schema/environments";
import type { EnvironmentContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import type { EnvironmentRole } from "@/server/kernel/roles";
import { sweep } from "@/server/sagas/sweep";
import { addMember } from "@/server/testing/add-member";
import { readOperation } from "@/server/testing/attempts";
import { runAs, tryLogin } from "@/server/testing/logins";
import { workOff, workUntil } from "@/server/testing/work-until";
import { createWorld, type World } from "@/server/testing/world";
import { connectionOf } from "./connection";
import { mostCredentials } from "./count";
import { issueCredential } from "./issue";
import { listCredentials } from "./list";
import type { CredentialScope } from "./names";
import { revokeCredential } from "./revoke";
import { rotateCredential } from "./rotate";
import { scheduleRotation } from "./schedule";
import { ListCredentials } from "./schema";

let world: World;
let ann: UserContext;
let here: EnvironmentContext;
let there: EnvironmentContext;

beforeAll(async () => {
  world = await createWorld({ isServed: true });
  ann = await world.person("Ann");
  const eve = await world.person("Eve");
  const acme = await world.organization(ann, "Acme");
  const other = await world.organization(eve, "Other");
  await workOff(world);
  here = await world.inEnvironment(ann, acme.environment.id);
  there = await world.inEnvironment(eve, other.environment.id);
});
afterAll(() => world.end());

const order = (ctx: EnvironmentContext, name: string, scope: CredentialScope = "readonly") =>
  issueCredential(ctx, { environment: ctx.environment.id, name, scope, days: 90 });
const issue = (name: string, scope?: CredentialScope) => workUntil(world, order(here, name, scope));
const login = (secret: string | null) => tryLogin(world, here.environment.id, secret);

async function rowOf(id: string) {
  const [row] = await world.db.select().from(databaseCredential).where(eq(databaseCredential.id, id));
  return row;
}

const actionsOn = async (id: string) =>
  (await world.db.select().from(auditEntry).where(eq(auditEntry.subjectId, id))).map(({ action }) => action);

test("a login opens its own environment's database and no other, with its scope and no more", async () => {
  const reader = await issue("Reader");
  const writer = await issue("Writer", "readwrite");
  const admin = await issue("Admin", "admin");
  expect(reader.connection).toMatchObject({ driver: "sqlite", username: null });
  expect(await login(reader.secret)).toBe("opens");
  expect(await tryLogin(world, there.environment.id, reader.secret)).not.toBe("opens");
  const as = (secret: string | null, sql: string) => runAs(world, here.environment.id, secret, sql);
  await as(admin.secret, "create table note (id integer primary key, text text)");
  await as(writer.secret, "insert into note (text) values ('kept')");
  expect(await as(reader.secret, "select text from note")).toEqual([{ text: "kept" }]);
  await expect(as(writer.secret, "drop table note")).rejects.toThrow();
  await expect(as(reader.secret, "insert into note (text) values ('no')")).rejects.toThrow();
  expect(await as(reader.secret, "select count(*) as n from note")).toEqual([{ n: 1 }]);
});

test("the secret is in the answer and nowhere else", async () => {
  const { credential, operation, secret } = await issue("Canary");
  expect(secret).toMatch(/^fhd_[\w-]{43}$/);
  expect(await login(secret)).toBe("opens");
  const forms = [secret ?? "", Buffer.from(secret ?? "").toString("base64url"), secret?.slice(4) ?? ""];
  const { steps, input } = await readOperation(world, operation.id);
  const { items } = await listCredentials(here, ListCredentials.parse({ environment: here.environment.id }));
  const told = JSON.stringify([steps, input, items, await connectionOf(here), credential]);
  // Every table, every index and the journal beside them.
  const files = readdirSync(world.directory).filter((file) => file.startsWith("control.db"));
  expect(files).toContain("control.db");
  for (const form of forms) {
    expect(told.includes(form)).toBe(false);
    for (const name of files)
      expect(readFileSync(join(world.directory, name)).includes(form), name).toBe(false);
  }
  expect(await rowOf(credential.id)).toMatchObject({ status: "active", alg: "A256GCM.v1" });
  expect(await actionsOn(credential.id)).toEqual(["credential.issue", "credential.activate"]);
});

test("twice and at once are as many logins, each with its own secret", async () => {
  const answers = [await issue("Twice"), await issue("Twice")];
  answers.push(
    ...(await workUntil(world, Promise.all([1, 2, 3, 4, 5].map((n) => order(here, `At once ${n}`))))),
  );
  expect(new Set(answers.map(({ secret }) => secret)).size).toBe(7);
  expect(await Promise.all(answers.map(({ secret }) => login(secret)))).toEqual(Array(7).fill("opens"));
});

test("a credential of another environment does not exist here", async () => {
  const { credential } = await workUntil(world, order(there, "Theirs"));
  await expect(world.inEnvironment(ann, there.environment.id)).rejects.toMatchObject({ code: "not_found" });
  const at = { environment: here.environment.id, credential: credential.id };
  for (const attempt of [
    () => rotateCredential(here, { ...at, overlapSeconds: 0 }),
    () => revokeCredential(here, { ...at, reason: "mine" }),
    () => scheduleRotation(here, { ...at, everyDays: 1 }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  expect(await rowOf(credential.id)).toMatchObject({ status: "active" });
});

const refused: [EnvironmentRole, string[]][] = [
  ["env_viewer", ["list", "connection", "issue", "rotate", "revoke", "schedule"]],
  ["env_user", ["issue", "rotate", "revoke", "schedule"]],
  ["env_maker", []],
];

test.each(refused)("%s is refused %j", async (role, verbs) => {
  const colleague = await addMember(
    world,
    await world.inOrganization(ann, here.organization.id),
    "Colleague",
  );
  await world.db.insert(environmentMember).values({
    id: newId(),
    environmentId: here.environment.id,
    organizationId: here.organization.id,
    userId: colleague.user.id,
    role,
    createdAt: new Date(),
  });
  const ctx = await world.inEnvironment(colleague, here.environment.id);
  const at = { environment: here.environment.id, credential: newId() };
  const codes = {
    list: await codeOf(listCredentials(ctx, ListCredentials.parse({ environment: at.environment }))),
    connection: await codeOf(connectionOf(ctx)),
    issue: await codeOf(workUntil(world, order(ctx, "By a colleague"))),
    rotate: await codeOf(rotateCredential(ctx, { ...at, overlapSeconds: 0 })),
    revoke: await codeOf(revokeCredential(ctx, { ...at, reason: "x" })),
    schedule: await codeOf(scheduleRotation(ctx, { ...at, everyDays: 1 })),
  };
  const forbidden = Object.entries(codes).filter(([, code]) => code === "forbidden");
  expect(forbidden.map(([verb]) => verb)).toEqual(verbs);
});

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return "ok";
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

test("a credential that has expired opens nothing; the sweep shreds what is stored of it, once", async () => {
  const { credential, secret } = await issue("Short");
  await world.db
    .update(databaseCredential)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(databaseCredential.id, credential.id));
  // Whoever has looked already holds the old moment until facts about the tenant change.
  await world.db
    .update(environment)
    .set({ epoch: sql`${environment.epoch} + 1` })
    .where(eq(environment.id, here.environment.id));
  await vi.waitFor(async () => expect(await login(secret)).toBe("AUTH_FAILED"), 10_000);
  await Promise.all([sweep(world.db), sweep(world.db)]);
  await workOff(world);
  await sweep(world.db);
  await workOff(world);
  expect(await rowOf(credential.id)).toMatchObject({
    status: "revoked",
    tokenHash: null,
    tokenCipher: null,
    wrappedKey: null,
  });
  expect((await actionsOn(credential.id)).filter((action) => action === "credential.retire")).toHaveLength(1);
});

test("a revoked credential is refused at once, with its reason on the trail; a second time is refused", async () => {
  const { credential, secret } = await issue("Leaked");
  expect(await login(secret)).toBe("opens");
  const at = { environment: here.environment.id, credential: credential.id, reason: "It leaked" };
  const outcomes = await Promise.allSettled([revokeCredential(here, at), revokeCredential(here, at)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  await vi.waitFor(async () => expect(await login(secret)).toBe("AUTH_FAILED"), 10_000);
  await workOff(world);
  await expect(revokeCredential(here, at)).rejects.toMatchObject({ code: "precondition" });
  expect(await rowOf(credential.id)).toMatchObject({ revokeReason: "It leaked", tokenCipher: null });
  expect(await actionsOn(credential.id)).toEqual([
    "credential.issue",
    "credential.activate",
    "credential.revoke",
    "credential.retire",
  ]);
});

test("an environment takes so many and no more", async () => {
  const { credential } = await issue("Counted");
  const row = await rowOf(credential.id);
  if (!row) throw new Error("The credential has no row.");
  const copies = Array.from({ length: mostCredentials }, () => {
    const id = randomUUID();
    return { ...row, id, seriesId: id, tokenHash: null, tokenCipher: null, wrappedKey: null };
  });
  await world.db.insert(databaseCredential).values(copies);
  await expect(order(here, "One more")).rejects.toMatchObject({ code: "limit" });
});

test("where the database does not take it, there is no secret and nothing that works", async () => {
  const unserved = await createWorld();
  try {
    const bob = await unserved.person("Bob");
    const { environment } = await unserved.organization(bob, "Unserved");
    await workOff(unserved);
    const ctx = await unserved.inEnvironment(bob, environment.id);
    const answer = await workUntil(unserved, order(ctx, "Nobody answers"), { withoutWaits: true });
    expect(answer.secret).toBeNull();
    expect(await readOperation(unserved, answer.operation.id)).toMatchObject({ status: "failed" });
    const [row] = await unserved.db
      .select()
      .from(databaseCredential)
      .where(eq(databaseCredential.id, answer.credential.id));
    expect(row).toMatchObject({ status: "revoked", tokenHash: null, tokenCipher: null });
  } finally {
    await unserved.end();
  }
}, 90_000);
