import { inspect } from "node:util";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import { isDomainError } from "@/server/kernel/errors";
import { environmentId, newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { openTurso, type TestTurso } from "@/server/testing/turso/double";
import { createTursoDriver, type TursoDriverOptions } from "./driver";
import { databaseNameOf, tenantOf, tursoName } from "./names";

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

const fileOf = ({ cloud }: TestTurso, databaseName: string) =>
  cloud.databases.get(tursoName(databaseName))!.path;

const refusals: [what: string, options: Partial<TursoDriverOptions>, sentence: string][] = [
  [
    "a token that Turso does not know",
    { apiToken: new Secret("wrong-token") },
    "does not accept the API token",
  ],
  ["an organization that is not there", { organization: "nobody" }, "Turso knows no group default"],
  ["a group that is not there", { group: "nowhere" }, "Turso knows no group nowhere"],
];

test.each(refusals)("preparing with %s says what to mend", async (_, options, sentence) => {
  const turso = await openTurso();
  const failure = await failureOf(turso.driver(options).prepare());
  expect(failure).toMatchObject({
    code: "precondition",
    message: expect.stringContaining(sentence) as string,
  });
});

test("preparing with a group asleep says what to mend, and otherwise what runs there", async () => {
  const turso = await openTurso();
  expect(await turso.driver().prepare()).toEqual({ engine: "Turso, group default, libSQL 0.24.33" });
  turso.cloud.groups.get("default")!.isAsleep = true;
  await expect(turso.driver().prepare()).rejects.toMatchObject({ code: "precondition" });
});

test("an answer of 429 is waited for as long as it says, a few times", async () => {
  const turso = await openTurso();
  turso.faults.slowDown(3, "0.1");
  await turso.driver().prepare();
  expect(turso.faults.count()).toBe(4);
  turso.faults.slowDown(1, new Date(Date.now() + 200).toUTCString());
  await turso.driver().prepare();
  expect(turso.faults.count()).toBe(2);
});

test.each([
  ["too often", 100, "0.1", 5],
  ["too long", 1, "3600", 1],
])("an answer of 429 that asks %s is left for later", async (_, times, retryAfter, requests) => {
  const turso = await openTurso();
  turso.faults.slowDown(times, retryAfter);
  const failure = await failureOf(turso.driver().prepare());
  expect(isDomainError(failure)).toBe(false);
  expect(String(failure)).toContain("slow down");
  expect(turso.faults.count()).toBe(requests);
});

test("no token is in any error, whatever Turso answers", async () => {
  const turso = await openTurso();
  const canary = "canary-of-the-api-token";
  const identity = newIdentity();
  await turso.driver().createDatabase(identity);
  const request = {
    credentialId: newId(),
    audience: "direct" as const,
    scope: "admin" as const,
    expiresAt: null,
  };
  const secret = await turso.driver().mintSecret(identity, request);
  await turso.driver().revokeLogin(identity, request.credentialId);
  const hasty = { patience: { requestMs: 300, settleMs: 300, slowDownMs: 100 } };
  const stranger = turso.driver({ apiToken: new Secret(canary), ...hasty });
  const driver = turso.driver(hasty);
  const [own = ""] = turso.cloud.apiTokens;
  const failures = [
    await failureOf(stranger.prepare()),
    await failureOf(stranger.createDatabase(identity)),
    await failureOf(stranger.mintSecret(identity, request)),
    await failureOf(listAll(stranger)),
    await failureOf(driver.verifyLogin(identity, { ...request, secret })),
  ];
  for (const kind of ["before", "hang"] as const)
    for (const index of [0, 1, 2, 3]) {
      turso.faults.at(index, kind);
      failures.push(await failureOf(driver.verifyDatabase(identity)));
    }
  expect(failures).not.toContain(null);
  const told = inspect(failures, { depth: 20, showHidden: true });
  for (const hidden of [canary, own, secret.reveal()]) expect(told).not.toContain(hidden);
});

test.each(["http://turso.example", "ftp://127.0.0.1", "https://me@api.example", "nonsense"])(
  "the API is not asked at %s",
  (apiUrl) => {
    const make = () =>
      createTursoDriver({ organization: "acme", group: "default", apiToken: new Secret("x"), apiUrl });
    expect(make).toThrow("The address of Turso's API must be https://host.");
  },
);

test("names go to Turso and back, and what is not ours stays so", () => {
  const { tenant, databaseName } = newIdentity();
  const name = tursoName(databaseName);
  expect(name).toMatch(/^[a-z0-9-]{1,64}$/);
  expect(databaseNameOf(name)).toBe(databaseName);
  expect(tenantOf(databaseName)).toBe(tenant);
  const others = [
    "env",
    "shop",
    "env-",
    databaseName,
    `${name}-`,
    `${name}0`,
    name.toUpperCase(),
    `env--${"0".repeat(31)}`,
  ];
  expect(others.map(databaseNameOf).filter((found) => found !== null)).toEqual([]);
});

test("the list has every page of the group, and nothing of another group", async () => {
  const turso = await openTurso();
  const { cloud } = turso;
  const driver = turso.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const { hostname } = cloud.databases.get(tursoName(identity.databaseName))!;
  const strangers = Array.from({ length: 230 }, (_, index) => `shop-${index}`);
  for (const name of strangers) cloud.databases.set(name, await cloud.make(name, "default", hostname));
  cloud.databases.set("elsewhere", await cloud.make("elsewhere", "other", hostname));
  const listed = await listAll(driver);
  expect(listed).toHaveLength(231);
  expect(listed.filter(({ isLeftover }) => !isLeftover)).toMatchObject([identity]);
  const [stranger] = listed.filter(({ isLeftover }) => isLeftover);
  expect(stranger).toMatchObject({ tenant: null, problem: "Freehold did not make this database." });
});

test("a creation that did not finish is listed as that, is gone on with, and can be dropped", async () => {
  const turso = await openTurso();
  const driver = turso.driver();
  const [first, second] = [newIdentity(), newIdentity()];
  for (const identity of [first, second]) await driver.createDatabase(identity);
  for (const identity of [first, second]) empty(fileOf(turso, identity.databaseName));
  const unfinished = { tenant: null, isLeftover: true, problem: "Its creation did not finish." };
  expect(await listAll(driver)).toMatchObject([unfinished, unfinished]);
  await driver.createDatabase(first);
  await driver.verifyDatabase(first);
  await driver.dropDatabase(second);
  expect(await listAll(driver)).toMatchObject([{ ...first, problem: null }]);
});

/** As it is between its creation at Turso and its first transaction. */
function empty(path: string): void {
  const db = new DatabaseSync(path);
  db.exec("DROP TABLE sys_migration; DROP TABLE sys_package_installation; DROP TABLE sys_stamp");
  db.close();
}

test("a database of the same name in another group is nobody's to create or to drop", async () => {
  const turso = await openTurso();
  const identity = newIdentity();
  await turso.driver({ group: "other" }).createDatabase(identity);
  const conflict = { code: "conflict" };
  await expect(turso.driver().createDatabase(identity)).rejects.toMatchObject(conflict);
  await expect(turso.driver().dropDatabase(identity)).rejects.toMatchObject(conflict);
  await turso.driver({ group: "other" }).verifyDatabase(identity);
});

const hostile: [what: string, sql: string][] = [
  ["no stamp", "DROP TABLE sys_stamp"],
  ["an empty stamp", "DELETE FROM sys_stamp"],
  ["a stamp that is a view", "DROP TABLE sys_stamp; CREATE VIEW sys_stamp AS SELECT 1 AS tenant_id"],
  [
    "a huge stamp",
    "DROP TABLE sys_stamp; CREATE TABLE sys_stamp AS SELECT hex(zeroblob(5000000)) AS tenant_id, 1 AS created_at",
  ],
  ["a stamp in another time", "UPDATE sys_stamp SET created_at = 9223372036854775807"],
];

test.each(hostile)("a tenant that leaves %s is told so, and can be dropped", async (_, sql) => {
  const turso = await openTurso();
  const driver = turso.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const db = new DatabaseSync(fileOf(turso, identity.databaseName));
  db.exec(sql);
  db.close();
  const refusal = { code: "precondition", message: "The database in its place is not a Freehold database." };
  await expect(driver.verifyDatabase(identity)).rejects.toMatchObject(refusal);
  await expect(driver.inspectDatabase(identity)).rejects.toMatchObject(refusal);
  expect(await listAll(driver)).toMatchObject([{ tenant: null, problem: refusal.message }]);
  await driver.dropDatabase(identity);
});

test("an inspection reads at most a thousand rows of a table and names at most 200 tables", async () => {
  const turso = await openTurso();
  const driver = turso.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const db = new DatabaseSync(fileOf(turso, identity.databaseName));
  db.exec(`CREATE TABLE "a ""big"" one" (id); CREATE VIEW other AS SELECT 1;
    INSERT INTO "a ""big"" one" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1500) SELECT i FROM n`);
  for (let index = 0; index < 220; index++) db.exec(`CREATE TABLE t${index} (id)`);
  db.close();
  const { tables, tablesAreComplete } = await driver.inspectDatabase(identity);
  expect(tables).toHaveLength(200);
  expect(tablesAreComplete).toBe(false);
  expect(tables[0]).toEqual({ name: 'a "big" one', rows: 1_000, rowsAreExact: false, system: false });
});

test("what an environment's id does not say is not taken for its database", async () => {
  const turso = await openTurso();
  const driver = turso.driver();
  const identity = { tenant: environmentId(newId()), databaseName: newIdentity().databaseName };
  await driver.createDatabase(identity);
  await driver.verifyDatabase(identity);
  await driver.dropDatabase(identity);
  expect(await listAll(driver)).toEqual([]);
});
