import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { CredentialScope, DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { newIdentity } from "@/server/drivers/driver.contract";
import { items, migration, parts, release, testPackages } from "@/server/drivers/packages.contract";
import { newId } from "@/server/kernel/ids";
import { connectPostgres, withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();

testPackages("postgres", {
  make: () => postgres.driver(),
  another: () => postgres.anotherDriver(),
  ask: ({ databaseName }, sql) => postgres.ask(sql, databaseName),
  table: (name) => `items.${name}`,
  systemTable: (name) => `freehold.${name}`,
});

async function database() {
  const driver = await postgres.driver();
  const identity = newIdentity();
  await driver.createDatabase(identity);
  return { driver, identity };
}

async function login(driver: TenantDriver, identity: DatabaseIdentity, scope: CredentialScope) {
  const request = { credentialId: newId(), audience: "direct" as const, scope, expiresAt: null };
  const issued = { ...request, secret: await driver.mintSecret(identity, request) };
  await driver.installLogin(identity, issued);
  const client = await connectPostgres(driver.address(identity, issued.credentialId), issued);
  onTestFinished(() => client.close());
  return client;
}

const points: [point: string, status: string | undefined][] = [
  ["postgres.install.opened", undefined],
  ["postgres.install.statement", undefined],
  ["postgres.install.applied", undefined],
  ["postgres.install.committed", "installing"],
  ["postgres.install.statement@3", "installing"],
  ["postgres.install.committed@2", "installed"],
];

test.each(points)("an installation that dies at %s goes on with the next one", async (point, status) => {
  const { driver, identity } = await database();
  const first = release("1.0.0", [items, parts]);
  const command = [postgres.adminUrl().reveal(), postgres.publicUrl(), "package", identity.tenant];
  const file = join(import.meta.dirname, "crash-child.ts");
  const child = spawnSync(process.execPath, ["--import", "./scripts/typescript.mjs", file, ...command], {
    env: { ...process.env, FREEHOLD_FAILPOINT: point },
    input: JSON.stringify(first),
    encoding: "utf8",
  });
  expect(child.signal, child.stderr).toBe("SIGKILL");
  expect((await driver.listInstallations(identity))[0]?.status).toBe(status);
  await driver.installPackage(identity, first);
  expect(await driver.listInstallations(identity)).toMatchObject([{ version: "1.0.0", status: "installed" }]);
  expect(await postgres.ask("SELECT id FROM items.items", identity.databaseName)).toEqual([{ id: "first" }]);
});

test("logins may do with a package's tables what their scope says", async () => {
  const { driver, identity } = await database();
  const before = await login(driver, identity, "readwrite");
  await driver.installPackage(identity, release("1.0.0", [items, parts]));
  const readonly = await login(driver, identity, "readonly");
  const admin = await login(driver, identity, "admin");
  await before.query("INSERT INTO items.items (id) VALUES ('second')");
  expect(await readonly.query("SELECT count(*)::int AS n FROM items.items")).toEqual([{ n: 2 }]);
  await expect(readonly.query("DELETE FROM items.items")).rejects.toThrow("permission denied");
  await expect(before.query("DROP TABLE items.parts")).rejects.toThrow("must be owner");
  await admin.query("ALTER TABLE items.items ADD COLUMN own text");
});

test("everything belongs to a role that cannot log in", async () => {
  const { driver, identity } = await database();
  await driver.installPackage(identity, release("1.0.0", [items, parts]));
  expect(
    await postgres.ask(
      `SELECT DISTINCT r.rolname, r.rolcanlogin FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
       WHERE c.relnamespace = 'items'::regnamespace
       UNION SELECT r.rolname, r.rolcanlogin FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner WHERE n.nspname = 'items'`,
      identity.databaseName,
    ),
  ).toEqual([{ rolname: "freehold_owner", rolcanlogin: false }]);
});

const traps: [what: string, body: string][] = [
  ["becomes the superuser", "EXECUTE 'RESET ROLE'; EXECUTE 'ALTER ROLE freehold_owner SUPERUSER';"],
  ["makes a role", "EXECUTE 'RESET ROLE'; EXECUTE 'CREATE ROLE mallory LOGIN';"],
  ["runs a program", "EXECUTE 'RESET ROLE'; EXECUTE 'COPY items.items FROM PROGRAM ''id''';"],
  ["reads a file", "EXECUTE 'RESET ROLE'; PERFORM pg_catalog.pg_read_file('/etc/passwd');"],
];

test.each(traps)(
  "a trigger of the tenant that %s stops the installation and does not get there",
  async (_, body) => {
    const { driver, identity } = await database();
    await driver.installPackage(identity, release("1.0.0", [items]));
    const admin = await login(driver, identity, "admin");
    await admin.query(
      `CREATE FUNCTION items.trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$`,
    );
    await admin.query(
      "CREATE TRIGGER trap BEFORE INSERT ON items.items FOR EACH ROW EXECUTE FUNCTION items.trap()",
    );
    await expect(driver.installPackage(identity, release("1.1.0", [items, parts]))).rejects.toMatchObject({
      code: "precondition",
      message: expect.stringMatching(/permission denied|must be/),
    });
    expect(await driver.listInstallations(identity)).toMatchObject([
      { version: "1.0.0", status: "installed" },
    ]);
  },
);

test("a constraint that is put off until the end takes the file back", async () => {
  const { driver, identity } = await database();
  const late = migration("0002_late", [
    "CREATE TABLE late (id text NOT NULL PRIMARY KEY, item text REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED)",
    "INSERT INTO late (id, item) VALUES ('a', 'nowhere')",
  ]);
  await expect(driver.installPackage(identity, release("1.0.0", [items, late]))).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("0002_late.sql"),
  });
  expect(await driver.listInstallations(identity)).toMatchObject([{ status: "installing" }]);
});

test("a suspended database takes no package, and takes it afterwards", async () => {
  const { driver, identity } = await database();
  await driver.suspendDatabase(identity);
  const first = release("1.0.0", [items]);
  await expect(driver.installPackage(identity, first)).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("suspended"),
  });
  await driver.resumeDatabase(identity);
  await driver.installPackage(identity, first);
});
