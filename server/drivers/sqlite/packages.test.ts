import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { newIdentity } from "@/server/drivers/driver.contract";
import { items, parts, release, testPackages } from "@/server/drivers/packages.contract";
import type { Release } from "@/server/packages/content";
import { createSqliteDriver } from "./driver";
import { scratchDriver } from "@/server/testing/sqlite-files";

let directory = "";

testPackages("sqlite", {
  make() {
    const made = scratchDriver();
    directory = made.directory;
    return made.driver;
  },
  another() {
    const driver = createSqliteDriver({ directory });
    onTestFinished(() => driver.close());
    return driver;
  },
  async ask({ databaseName }, sql) {
    const db = new DatabaseSync(join(directory, `${databaseName}.db`), { readOnly: true, timeout: 5_000 });
    try {
      return db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row }));
    } finally {
      db.close();
    }
  },
  table: (name) => name,
  systemTable: (name) => name,
});

const childFile = join(import.meta.dirname, "install-child.ts");

/** Runs the installation in its process, which dies at the failpoint. */
function dieAt(failpoint: string, identity: DatabaseIdentity, wanted: Release): void {
  const child = spawnSync(process.execPath, ["--import", "./scripts/typescript.mjs", childFile], {
    env: { ...process.env, FREEHOLD_FAILPOINT: failpoint },
    input: JSON.stringify({ directory, identity, release: wanted }),
    encoding: "utf8",
  });
  expect(child.signal, child.stderr).toBe("SIGKILL");
}

async function database() {
  const made = scratchDriver();
  directory = made.directory;
  const identity = newIdentity();
  const { url } = await made.driver.createDatabase(identity);
  return { driver: made.driver, identity, path: fileURLToPath(url) };
}

const points: [point: string, journalled: number][] = [
  ["sqlite.install.statement", 0],
  ["sqlite.install.applied", 0],
  ["sqlite.install.committed", 1],
  ["sqlite.install.statement@3", 1],
  ["sqlite.install.committed@2", 2],
];

test.each(points)("an installation that dies at %s goes on with the next one", async (point, journalled) => {
  const { driver, identity, path } = await database();
  const first = release("1.0.0", [items, parts]);
  dieAt(point, identity, first);
  const [found] = await driver.listInstallations(identity);
  expect(found?.status).toBe({ 0: undefined, 1: "installing", 2: "installed" }[journalled]);
  await driver.installPackage(identity, first);
  expect(await driver.listInstallations(identity)).toMatchObject([{ version: "1.0.0", status: "installed" }]);
  const db = new DatabaseSync(path, { readOnly: true });
  expect(db.prepare("SELECT count(*) AS n FROM items").get()).toEqual({ n: 1 });
  db.close();
});

test("an installation waits for a client's transaction, and clients read meanwhile", async () => {
  const { driver, identity, path } = await database();
  const client = new DatabaseSync(path);
  client.exec("CREATE TABLE own (id INTEGER PRIMARY KEY); BEGIN IMMEDIATE; INSERT INTO own VALUES (1)");
  const done = driver.installPackage(identity, release("1.0.0", [items]));
  client.exec("COMMIT");
  await done;
  expect(client.prepare("SELECT count(*) AS n FROM items").get()).toEqual({ n: 0 });
  client.close();
});

test("a trigger of the tenant does not write Freehold's tables with the installation's rights", async () => {
  const { driver, identity, path } = await database();
  await driver.installPackage(identity, release("1.0.0", [items]));
  const admin = new DatabaseSync(path);
  admin.exec(
    "CREATE TRIGGER trap AFTER INSERT ON items BEGIN UPDATE sys_migration SET checksum = 'forged'; END",
  );
  admin.close();
  await expect(driver.installPackage(identity, release("1.1.0", [items, parts]))).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("0002_parts.sql, line 2"),
  });
});
