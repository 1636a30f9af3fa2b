import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import type { DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { newId } from "@/server/kernel/ids";
import { readPostmaster } from "@/server/embedded-postgres/postmaster";
import { withPostgres } from "@/server/testing/postgres";
import { roleOf } from "./names";

const postgres = withPostgres();

function commandOf(verb: string, { tenant }: DatabaseIdentity, credentialId = ""): string[] {
  const urls = [postgres.adminUrl().reveal(), postgres.publicUrl()];
  return [
    "--import",
    "./scripts/typescript.mjs",
    join(import.meta.dirname, "crash-child.ts"),
    ...urls,
    verb,
    tenant,
    credentialId,
  ];
}

/** Runs a verb in a process of its own, which dies at the failpoint. */
function dieAt(failpoint: string, command: string[]): void {
  const child = spawnSync(process.execPath, command, {
    env: { ...process.env, FREEHOLD_FAILPOINT: failpoint },
    encoding: "utf8",
  });
  expect(child.signal, child.stderr).toBe("SIGKILL");
}

async function install(driver: TenantDriver, identity: DatabaseIdentity) {
  const request = {
    credentialId: newId(),
    audience: "direct" as const,
    scope: "readwrite",
    expiresAt: null,
  } as const;
  const login = { ...request, secret: await driver.mintSecret(identity, request) };
  await driver.installLogin(identity, login);
  return login;
}

const loginRoles = () => postgres.ask("SELECT rolname FROM pg_roles WHERE rolname ~ '^cred_'");

test("a creation that dies before its stamp is completed by the next one", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  dieAt("postgres.create.copied", commandOf("create", identity));
  expect(await listAll(driver)).toMatchObject([
    {
      databaseName: identity.databaseName,
      tenant: null,
      isLeftover: true,
      problem: "Its creation did not finish.",
    },
  ]);
  await expect(driver.verifyDatabase(identity)).rejects.toMatchObject({ code: "precondition" });
  await driver.createDatabase(identity);
  await expect(driver.verifyDatabase(identity)).resolves.toMatchObject({ schemaVersion: 1 });
});

test("a creation that dies before its stamp is undone by dropping", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  dieAt("postgres.create.copied", commandOf("create", identity));
  await driver.dropDatabase(identity);
  expect(await listAll(driver)).toEqual([]);
});

test("a creation waits for the statement that a killed process has left running", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(newIdentity());
  const child = spawn(process.execPath, commandOf("create", identity), { stdio: "ignore" });
  const running = "SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE env%' AND state = 'active'";
  await expect
    .poll(async () => (await postgres.ask(running)).length, { interval: 1, timeout: 20_000 })
    .toBe(1);
  child.kill("SIGKILL");
  await once(child, "exit");
  await driver.createDatabase(identity);
  await driver.verifyDatabase(identity);
  expect((await listAll(driver)).filter(({ problem }) => problem !== null)).toEqual([]);
});

test.each(["postgres.drop.closed", "postgres.drop.removed"])(
  "a removal that dies at %s is completed by the next one, logins included",
  async (point) => {
    const driver = await postgres.driver();
    const identity = newIdentity();
    await driver.createDatabase(identity);
    await install(driver, identity);
    dieAt(point, commandOf("drop", identity));
    expect((await listAll(driver)).map(({ isLeftover }) => isLeftover)).toEqual([true]);
    await driver.dropDatabase(identity);
    expect(await listAll(driver)).toEqual([]);
    expect(await loginRoles()).toEqual([]);
  },
);

test("a removal that died can be taken back by creating while the data is there", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const login = await install(driver, identity);
  const { stamp } = await driver.inspectDatabase(identity);
  dieAt("postgres.drop.closed", commandOf("drop", identity));
  await driver.createDatabase(identity);
  expect((await driver.inspectDatabase(identity)).stamp).toEqual(stamp);
  await driver.verifyLogin(identity, login);
});

test("the remains of an interrupted DROP DATABASE are removed, by dropping and by creating", async () => {
  const driver = await postgres.driver();
  const [first, second] = [newIdentity(), newIdentity()];
  for (const identity of [first, second]) {
    await driver.createDatabase(identity);
    // What a server that is killed within the statement leaves.
    await postgres.ask(`UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${identity.databaseName}'`);
    await expect(driver.verifyDatabase(identity)).rejects.toMatchObject({ code: "precondition" });
  }
  expect((await listAll(driver)).map(({ problem }) => problem)).toEqual(
    Array.from({ length: 2 }, () => "Its removal did not finish."),
  );
  const thief = { tenant: newIdentity().tenant, databaseName: first.databaseName };
  await expect(driver.createDatabase(thief)).rejects.toMatchObject({ code: "conflict" });
  await driver.dropDatabase(first);
  await driver.createDatabase(second);
  await driver.verifyDatabase(second);
  expect(await listAll(driver)).toMatchObject([{ ...second, problem: null }]);
});

test("an installation that dies leaves the whole login or none", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const credentialId = newId();
  dieAt("postgres.login.installed", commandOf("install", identity, credentialId));
  expect(await driver.listLogins(identity)).toEqual([credentialId]);
  await driver.revokeLogin(identity, credentialId);
  expect(await loginRoles()).toEqual([]);
});

test("a revocation that dies has closed the login, and the next one removes it", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const login = await install(driver, identity);
  dieAt("postgres.login.closed", commandOf("revoke", identity, login.credentialId));
  await expect(driver.verifyLogin(identity, login)).rejects.toMatchObject({ code: "precondition" });
  expect(await driver.listLogins(identity)).toEqual([]);
  expect((await listAll(driver)).filter(({ isLeftover }) => isLeftover)).toMatchObject([
    {
      databaseName: roleOf(login.credentialId),
      problem: "A login that remained when its database was dropped.",
    },
  ]);
  await driver.revokeLogin(identity, login.credentialId);
  expect(await loginRoles()).toEqual([]);
});

test("a killed backend in the middle of a creation does not keep the next one from succeeding", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(newIdentity());
  const watcher = new Client({ connectionString: postgres.adminUrl().reveal() });
  watcher.on("error", () => undefined);
  await watcher.connect();
  onTestFinished(() => watcher.end().catch(() => undefined));
  const creation = driver.createDatabase(identity).then(
    () => "created",
    () => "failed",
  );
  const running =
    "SELECT pid FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE env%' AND state = 'active'";
  let pid = 0;
  await expect
    .poll(async () => (pid = (await watcher.query<{ pid: number }>(running)).rows[0]?.pid ?? 0), {
      interval: 1,
      timeout: 20_000,
    })
    .toBeGreaterThan(0);
  process.kill(pid, "SIGKILL");
  await creation;
  // The server ends every session after such a death and recovers.
  await expect
    .poll(
      () =>
        driver.createDatabase(identity).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  await driver.verifyDatabase(identity);
});

test("ten creations over a server that stops and starts all succeed when they are asked for again", async () => {
  const driver = await postgres.driver();
  await driver.createDatabase(newIdentity());
  const identities = Array.from({ length: 10 }, newIdentity);
  const creations = identities.map(async (identity) => {
    for (;;) {
      const isThere = await driver.createDatabase(identity).then(
        () => true,
        () => false,
      );
      if (isThere) return;
    }
  });
  await expect
    .poll(async () => (await postgres.ask("SELECT FROM pg_database WHERE datname ~ '^env_'")).length, {
      interval: 1,
      timeout: 20_000,
    })
    .toBeGreaterThan(2);
  const before = readPostmaster(join(postgres.directory(), "data"))?.pid;
  await postgres.stop();
  await postgres.start();
  expect(readPostmaster(join(postgres.directory(), "data"))?.pid).not.toBe(before);
  await Promise.all(creations);
  for (const identity of identities) await driver.verifyDatabase(identity);
  const listed = await listAll(driver);
  expect(listed).toHaveLength(11);
  expect(listed.filter(({ problem }) => problem !== null)).toEqual([]);
});

test("a server that is away is no verdict on a login", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  const login = await install(driver, identity);
  await postgres.stop();
  const failure = await driver.verifyLogin(identity, login).catch((error: unknown) => error);
  await postgres.start();
  expect(failure).toMatchObject({ code: "ECONNREFUSED" });
  await driver.verifyLogin(identity, login);
});

test("two drivers on one server create, drop and issue for the same tenant at once", async () => {
  const [first, second] = [await postgres.driver(), postgres.anotherDriver()];
  const identity = newIdentity();
  await Promise.all([first, second, first, second].map((driver) => driver.createDatabase(identity)));
  const logins = await Promise.all(
    Array.from({ length: 8 }, (_, index) => install(index % 2 ? first : second, identity)),
  );
  expect((await first.listLogins(identity))?.toSorted()).toEqual(
    logins.map(({ credentialId }) => credentialId).toSorted(),
  );
  await Promise.all(
    logins.flatMap(({ credentialId }) => [
      first.revokeLogin(identity, credentialId),
      second.revokeLogin(identity, credentialId),
    ]),
  );
  expect(await loginRoles()).toEqual([]);
  await Promise.all([first, second].map((driver) => driver.dropDatabase(identity)));
  expect(await listAll(second)).toEqual([]);
});

test("another program's database in a tenant's place is left alone", async () => {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await postgres.ask(`CREATE DATABASE ${identity.databaseName}`);
  const refusal = { code: "precondition", message: "The database in its place is not a Freehold database." };
  await expect(driver.createDatabase(identity)).rejects.toMatchObject(refusal);
  await expect(driver.dropDatabase(identity)).rejects.toMatchObject(refusal);
  await expect(driver.verifyDatabase(identity)).rejects.toMatchObject(refusal);
  expect(await listAll(driver)).toMatchObject([
    {
      databaseName: identity.databaseName,
      tenant: null,
      isLeftover: false,
      problem: "It carries no stamp of Freehold.",
    },
  ]);
});
