import { expect, test, vi } from "vitest";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import { withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();

const countWarm = async () => (await postgres.ask("SELECT FROM pg_database WHERE datname ~ '^warm_'")).length;
const untilWarm = (count: number) =>
  vi.waitFor(async () => expect(await countWarm()).toBe(count), { timeout: 20_000 });
const oidOf = async (condition: string) =>
  (await postgres.ask<{ oid: number }>(`SELECT oid FROM pg_database WHERE ${condition}`)).map(
    ({ oid }) => oid,
  );

test("a creation takes a database that was made in advance, and another is made", async () => {
  const driver = await postgres.driver({ warm: 2 });
  await driver.createDatabase(newIdentity());
  await untilWarm(2);
  const ready = await oidOf("datname ~ '^warm_'");
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const [taken] = await oidOf(`datname = '${identity.databaseName}'`);
  expect(ready).toContain(taken);
  expect((await driver.inspectDatabase(identity)).stamp.tenant).toBe(identity.tenant);
  await untilWarm(2);
});

test("databases made in advance are no findings, and nobody can connect to them", async () => {
  const driver = await postgres.driver({ warm: 2 });
  const identity = newIdentity();
  await driver.createDatabase(identity);
  await untilWarm(2);
  expect(await listAll(driver)).toMatchObject([{ ...identity, problem: null }]);
  const open = await postgres.ask("SELECT FROM pg_database WHERE datname ~ '^warm_' AND datallowconn");
  expect(open).toEqual([]);
});

test("more creations at once than were made in advance are served all the same", async () => {
  const driver = await postgres.driver({ warm: 2 });
  await driver.createDatabase(newIdentity());
  await untilWarm(2);
  const [first, second] = [driver, postgres.anotherDriver({ warm: 2 })];
  const identities = Array.from({ length: 12 }, newIdentity);
  await Promise.all(
    identities.map((identity, index) => (index % 2 ? first : second).createDatabase(identity)),
  );
  for (const identity of identities) await driver.verifyDatabase(identity);
  const listed = await listAll(driver);
  expect(listed).toHaveLength(13);
  expect(new Set(listed.map(({ tenant }) => tenant)).size).toBe(13);
  await untilWarm(2);
});

test("two drivers make as many in advance as one", async () => {
  const first = await postgres.driver({ warm: 3 });
  const second = postgres.anotherDriver({ warm: 3 });
  await Promise.all([first.createDatabase(newIdentity()), second.createDatabase(newIdentity())]);
  await untilWarm(3);
  await Promise.all([first.close(), second.close()]);
  expect(await countWarm()).toBe(3);
});

test("one of another version, or one that is half removed, is a finding and is not taken", async () => {
  const driver = await postgres.driver({ warm: 1 });
  await postgres.ask(`CREATE DATABASE warm_${"0".repeat(32)} ALLOW_CONNECTIONS false`);
  await driver.createDatabase(newIdentity());
  await untilWarm(2);
  const [current] = await postgres.ask<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname ~ '^warm_' AND datname !~ '^warm_0{32}$'",
  );
  await postgres.ask(`UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${current!.datname}'`);
  await driver.createDatabase(newIdentity());
  const remains = (await listAll(driver)).filter(({ isLeftover }) => isLeftover);
  expect(remains.map(({ problem }) => String(problem)).toSorted()).toEqual([
    "It was made for another version of Freehold.",
    "Its removal did not finish.",
  ]);
});
