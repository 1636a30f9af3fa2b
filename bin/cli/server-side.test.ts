import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { afterAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { openDb } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { createOrganization } from "@/server/domain/organizations/create";
import { watchOperation } from "@/server/domain/operations/watch";
import { builtInClusters } from "@/server/domain/clusters/names";
import { findClusterAccess } from "@/server/sagas/cluster-access";
import { findPoolAccess } from "@/server/sagas/pool-access";
import { createDrivers } from "@/server/drivers/registry";
import { runCommand, startCommand } from "@/server/testing/command-line";
import { createPerson } from "@/server/testing/world";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 240_000 });

const home = mkdtempSync(join(tmpdir(), "freehold-installation-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const freehold = (directory: string, ...args: string[]) =>
  runCommand(args, { FREEHOLD_DATA_DIR: join(home, directory), XDG_CONFIG_HOME: home });
const ann = ["--email", "Ann@Example.test", "--password", "correct horse battery"];

test("setup makes the operator, an organization with a database and a key, once", async () => {
  const login = join(home, "freehold/config.json");
  mkdirSync(join(home, "freehold"));
  writeFileSync(
    login,
    JSON.stringify({ url: "http://localhost:3000", api_key: "of an installation that is gone" }),
  );
  const done = await freehold("first", "setup", ...ann, "--organization", "Acme Corp", "--json");
  expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining(`is logged in with it: ${login}`) });
  const made = z
    .looseObject({ environment: z.looseObject({ id: z.string() }), api_key: z.string() })
    .parse(JSON.parse(done.stdout));
  expect(made).toMatchObject({
    organization: { slug: "acme-corp" },
    environment: { slug: "prod", env_type: "production", status: "active", is_default: true },
    operation: { status: "succeeded" },
    api_key: expect.stringMatching(/^fh_[A-Za-z0-9_-]{43}$/),
  });
  expect(JSON.parse(readFileSync(login, "utf8"))).toEqual({
    url: "http://localhost:3000",
    api_key: made.api_key,
  });
  expect(statSync(login).mode & 0o777).toBe(0o600);
  const file = join(home, "first/databases", `env_${made.environment.id.replaceAll("-", "")}.db`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const people = await rows("first", "select email, role from user");
  expect(people).toEqual([{ email: "ann@example.test", role: "operator" }]);
  expect(await rows("first", "select id from session")).toEqual([]);

  const again = await freehold(
    "first",
    "setup",
    "--email",
    "eve@example.test",
    "--password",
    "correct horse battery",
    "--organization",
    "Eve",
  );
  expect(again).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("Someone has signed up here already."),
  });
  expect(await rows("first", "select email, role from user")).toEqual(people);
});

test("setup refuses what cannot be used, before anyone is made", async () => {
  const refused = [
    await freehold(
      "refused",
      "setup",
      "--email",
      "nobody",
      "--password",
      "correct horse battery",
      "--organization",
      "Acme",
    ),
    await freehold(
      "refused",
      "setup",
      "--email",
      "ann@example.test",
      "--password",
      "short",
      "--organization",
      "Acme",
    ),
    await freehold("refused", "setup", ...ann, "--organization", " "),
    await freehold("refused", "setup", "--email", "ann@example.test", "--organization", "Acme"),
  ];
  expect(refused.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual([
    [1, "", "This is not an e-mail address.\n"],
    [1, "", "Password too short.\n"],
    [1, "", "Give it a name.\n"],
    [1, "", "Give the password with --password or FREEHOLD_SETUP_PASSWORD.\n"],
  ]);
  expect(await rows("refused", "select id from user")).toEqual([]);
  expect(await freehold("refused", "setup", "--email", "ann@example.test")).toMatchObject({ code: 2 });
});

test("audit verify names the first entry that does not hold", async () => {
  writeFileSync(
    join(home, "freehold/config.json"),
    JSON.stringify({ url: "https://elsewhere.example.com", api_key: "of another installation" }),
  );
  const { stdout } = await freehold("audited", "setup", ...ann, "--organization", "Acme");
  expect(stdout).toContain("stays logged in where it was");
  const whole = await freehold("audited", "audit", "verify", "--json");
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(whole.stdout)).toMatchObject([
    { organization: "acme", entries: 3, broken: null },
    { chain: "fleet", organization: null, broken: null },
  ]);

  await tamper(
    "audited",
    "update sys_audit_entry set actor_label = 'Somebody else' where seq = 2 and chain <> 'fleet'",
  );
  const broken = await freehold("audited", "audit", "verify");
  expect(broken).toMatchObject({
    code: 1,
    stderr: "The chain acme does not hold at entry 2: its content does not match its hash.\n",
  });
  expect(broken.stdout).toMatch(/^CHAIN +ENTRIES +STATE\nacme +1 +broken at 2\nfleet +2 +holds\n$/);
  const named = await freehold("audited", "audit", "verify", "--organization", "acme", "--json");
  expect(JSON.parse(named.stdout)).toMatchObject([{ organization: "acme", broken: { seq: 2 } }]);
  expect(await freehold("audited", "audit", "verify", "--organization", "nobody")).toMatchObject({
    code: 1,
    stderr: "There is no organization nobody.\n",
  });
});

test("audit verify makes nothing where there is nothing", async () => {
  mkdirSync(join(home, "empty"));
  expect(await freehold("empty", "audit", "verify")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("There is no control plane in"),
  });
  expect(readdirSync(join(home, "empty"))).toEqual([]);
  expect(await freehold("missing", "audit", "verify")).toMatchObject({ code: 1 });
  expect(existsSync(join(home, "missing"))).toBe(false);
});

test("a worker of its own does what was ordered elsewhere, and ends when it is asked to", async () => {
  const directory = join(home, "worked");
  mkdirSync(directory);
  const db = await openDb(`file:${join(directory, "control.db")}`);
  await prepareControlPlane(db);
  const drivers = createDrivers({
    dataDir: directory,
    dataUrl: "http://localhost:3001",
    filesClusterId: builtInClusters.files,
    findCluster: (clusterId) => findClusterAccess(db, clusterId),
    findPool: (poolId) => findPoolAccess(db, poolId),
  });
  const person = await createPerson(db, drivers, "Ann", true);
  const { operation } = await createOrganization(person, { name: "Acme" });
  const worker = startCommand(["worker"], {
    FREEHOLD_DATA_DIR: directory,
    FREEHOLD_SECRET: "of-this-test-and-nothing-else-0123456789",
  });
  const seen: string[] = [];
  for await (const move of watchOperation(person, { operation: operation.id }, AbortSignal.timeout(60_000)))
    seen.push(move.status);
  expect(seen.at(-1)).toBe("succeeded");
  expect(await worker.stop()).toBe(0);
  await drivers.close();
  db.$client.close();
});

test("stored secrets move to a new key; one that cannot be opened is named and holds up nothing", async () => {
  await freehold("sealed", "setup", ...ann, "--organization", "Acme");
  const rewrap = (...args: string[]) => freehold("sealed", "credential", "rewrap", ...args);
  const moved = await rewrap("--new-version", "--json");
  expect(JSON.parse(moved.stdout)).toEqual({ new_version: "v2", rewrapped: 1, current: 0, failed: [] });
  expect(await rows("sealed", "select kek_version from sys_database_credential")).toEqual([
    { kek_version: "v2" },
  ]);

  await rows(
    "sealed",
    `insert into sys_database_credential
      (id, series_id, generation, database_id, environment_id, organization_id, audience, name, scope, status,
       token_cipher, wrapped_key, kms_key_id, kek_version, alg, issued_at, created_by)
      select '00000000-copy', 'copy', 1, database_id, environment_id, organization_id, 'direct', 'Copy', scope, 'active',
       token_cipher, wrapped_key, kms_key_id, kek_version, alg, issued_at, created_by from sys_database_credential`,
  );
  const partly = await rewrap("--new-version");
  expect(partly).toMatchObject({
    code: 1,
    stdout: "The keyring has v3 now, which wraps from here on.\n1 re-wrapped, 0 were on the current key.\n",
    stderr:
      "credential 00000000-copy: The stored secret cannot be opened with these keys.\nA secret could not be opened and stayed as before. Keep the old key.\n",
  });

  renameSync(join(home, "sealed/keyring.json"), join(home, "sealed/away.json"));
  const elsewhere = {
    FREEHOLD_DATA_DIR: join(home, "sealed"),
    FREEHOLD_KEYRING: `v1:${Buffer.alloc(32, 7).toString("base64")}`,
  };
  const [missing, notHere] = await Promise.all([
    rewrap(),
    runCommand(["credential", "rewrap", "--new-version"], elsewhere),
  ]);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
  expect(missing.stderr).toMatch(/keyring\.json is missing.* Run it again when the keys can be had/);
  expect(notHere).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("run this without --new-version"),
  });
});

test("the superuser's URL of a Postgres is printed for a pipe, and the trail has it first", async () => {
  await freehold("admin", "setup", ...ann, "--organization", "Acme");
  const shown = await freehold("admin", "cluster", "admin-url", "postgres", "--database", "a b");
  expect(shown).toMatchObject({ code: 0, stderr: expect.stringContaining("no fence holds it") });
  expect(shown.stdout).toMatch(/^postgresql:\/\/freehold:[0-9a-f]{64}@127\.0\.0\.1:3002\/a%20b\n$/);
  expect(
    await rows("admin", "select subject_label, detail from sys_audit_entry where action = 'cluster.reveal'"),
  ).toEqual([{ subject_label: "postgres", detail: '{"database":"a b"}' }]);
  const refused = await Promise.all(
    ["files", "nowhere"].map((slug) => freehold("admin", "cluster", "admin-url", slug)),
  );
  expect(refused).toMatchObject([
    { code: 1, stdout: "", stderr: "files is no Postgres server.\n" },
    { code: 1, stdout: "", stderr: "There is no cluster nowhere.\n" },
  ]);
});

async function rows(directory: string, sql: string) {
  const client = createClient({ url: `file:${join(home, directory, "control.db")}` });
  try {
    return (await client.execute(sql)).rows.map((row) => ({ ...row }));
  } finally {
    client.close();
  }
}

/** Changes what the database itself would refuse to. */
async function tamper(directory: string, sql: string): Promise<void> {
  const triggers = await rows(
    directory,
    "select name from sqlite_schema where type = 'trigger' and tbl_name = 'sys_audit_entry'",
  );
  for (const { name } of triggers) await rows(directory, `drop trigger "${String(name)}"`);
  await rows(directory, sql);
}
