import { createHash } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Migration, MigrationText, Release } from "@/server/packages/content";
import type { DatabaseIdentity, TenantDriver } from "./driver";
import { newIdentity } from "./driver.contract";

export interface PackageTesting {
  make(): TenantDriver | Promise<TenantDriver>;
  /** A second driver for the same place, as another process would have one. */
  another(driver: TenantDriver): TenantDriver | Promise<TenantDriver>;
  /** Runs SQL in the database as nobody's client, and gives the rows. */
  ask(identity: DatabaseIdentity, sql: string): Promise<Record<string, unknown>[]>;
  /** How SQL names a table of the package's schema, and one of Freehold's. */
  table(name: string): string;
  systemTable(name: string): string;
}

const textOf = (file: string, statements: string[]): MigrationText => ({
  file,
  checksum: createHash("sha256").update(statements.join(";")).digest("hex"),
  statements: statements.map((sql, index) => ({ sql, line: index + 1 })),
});

export function migration(name: string, statements: string[]): Migration {
  const text = textOf(`${name}.sql`, statements);
  return { name, sqlite: text, postgres: text };
}

export const items = migration("0001_items", ["CREATE TABLE items (id text NOT NULL PRIMARY KEY)"]);
export const parts = migration("0002_parts", [
  "CREATE TABLE parts (id text NOT NULL PRIMARY KEY, item_id text NOT NULL REFERENCES items (id))",
  "INSERT INTO items (id) VALUES ('first')",
]);
const notes = migration("0003_notes", ["ALTER TABLE items ADD COLUMN note text"]);
const broken = migration("0002_parts", [
  "CREATE TABLE parts (id text NOT NULL PRIMARY KEY)",
  "INSERT INTO items (id) VALUES ('first')",
  "INSERT INTO missing (id) VALUES ('x')",
]);

export function release(version: string, migrations: Migration[], changes: Partial<Release> = {}): Release {
  const checksum = createHash("sha256")
    .update(JSON.stringify([version, migrations]))
    .digest("hex");
  return {
    package: "com.example.items",
    version,
    checksum,
    schema: "items",
    engines: ["sqlite", "postgres"],
    reference: [],
    migrations,
    ...changes,
  };
}

/** What every driver promises about packages. */
export function testPackages(name: string, testing: PackageTesting): void {
  describe(`the ${name} driver installs`, () => installing(testing));
  describe(`the ${name} driver refuses to install`, () => refusing(testing));
}

async function fresh(testing: PackageTesting) {
  const driver = await testing.make();
  onTestFinished(() => driver.close());
  const identity = newIdentity();
  await driver.createDatabase(identity);
  return {
    driver,
    identity,
    ask: (sql: string) => testing.ask(identity, sql),
    journal: async () =>
      (
        await testing.ask(
          identity,
          `SELECT file FROM ${testing.systemTable("sys_migration")} WHERE package = 'com.example.items' ORDER BY file`,
        )
      ).map(({ file }) => file),
  };
}

function installing(testing: PackageTesting): void {
  test("nothing before it is asked to", async () => {
    const { driver, identity } = await fresh(testing);
    expect(await driver.listInstallations(identity)).toEqual([]);
  });

  test("a release, and the next one on top of it", async () => {
    const { driver, identity, ask, journal } = await fresh(testing);
    const [first, second] = [release("1.0.0", [items, parts]), release("1.1.0", [items, parts, notes])];
    await driver.installPackage(identity, first);
    expect(await driver.listInstallations(identity)).toMatchObject([
      {
        package: first.package,
        version: "1.0.0",
        checksum: first.checksum,
        status: "installed",
        problem: null,
      },
    ]);
    await driver.installPackage(identity, second);
    expect(await driver.listInstallations(identity)).toMatchObject([
      { version: "1.1.0", checksum: second.checksum, status: "installed" },
    ]);
    expect(await journal()).toEqual(["0001_items.sql", "0002_parts.sql", "0003_notes.sql"]);
    expect(await ask(`SELECT id, note FROM ${testing.table("items")}`)).toEqual([
      { id: "first", note: null },
    ]);
  });

  test("the same twice without a trace of the second time", async () => {
    const { driver, identity, journal } = await fresh(testing);
    const first = release("1.0.0", [items, parts]);
    await driver.installPackage(identity, first);
    const before = await driver.listInstallations(identity);
    await driver.installPackage(identity, first);
    expect(await driver.listInstallations(identity)).toEqual(before);
    expect(await journal()).toHaveLength(2);
  });

  test("once when four ask at once, from two processes", async () => {
    const { driver, identity, journal, ask } = await fresh(testing);
    const other = await testing.another(driver);
    const first = release("1.0.0", [items, parts, notes]);
    await Promise.all([driver, other, driver, other].map((one) => one.installPackage(identity, first)));
    expect(await driver.listInstallations(identity)).toMatchObject([
      { version: "1.0.0", status: "installed" },
    ]);
    expect(await journal()).toHaveLength(3);
    expect(await ask(`SELECT id FROM ${testing.table("items")}`)).toEqual([{ id: "first" }]);
  });

  test("beside another package, each with its own journal", async () => {
    const { driver, identity } = await fresh(testing);
    const lines = migration("0001_lines", ["CREATE TABLE lines (id text NOT NULL PRIMARY KEY)"]);
    await driver.installPackage(identity, release("1.0.0", [items]));
    await driver.installPackage(
      identity,
      release("3.0.0", [lines], { package: "com.example.lines", schema: "lines" }),
    );
    expect(await driver.listInstallations(identity)).toMatchObject([
      { package: "com.example.items", version: "1.0.0" },
      { package: "com.example.lines", version: "3.0.0" },
    ]);
  });

  test("the rest once a broken file is mended", async () => {
    const { driver, identity, journal } = await fresh(testing);
    await driver.installPackage(identity, release("1.0.0", [items, broken])).catch(() => undefined);
    await driver.installPackage(identity, release("1.0.1", [items, parts]));
    expect(await driver.listInstallations(identity)).toMatchObject([
      { version: "1.0.1", status: "installed", problem: null },
    ]);
    expect(await journal()).toHaveLength(2);
  });
}

function refusing(testing: PackageTesting): void {
  test("a broken file: it says which line, takes all of it back and does not look applied", async () => {
    const { driver, identity, ask, journal } = await fresh(testing);
    await expect(
      driver.installPackage(identity, release("1.0.0", [items, broken, notes])),
    ).rejects.toMatchObject({
      code: "precondition",
      message: expect.stringMatching(/^0002_parts\.sql, line 3: .*missing/),
    });
    expect(await driver.listInstallations(identity)).toMatchObject([
      { version: "1.0.0", status: "installing", problem: expect.stringContaining("0002_parts.sql, line 3") },
    ]);
    expect(await journal()).toEqual(["0001_items.sql"]);
    expect(await ask(`SELECT * FROM ${testing.table("items")}`)).toEqual([]);
    await expect(ask(`SELECT * FROM ${testing.table("parts")}`)).rejects.toThrow();
  });

  test("a broken upgrade, which leaves the release before it named and whole", async () => {
    const { driver, identity } = await fresh(testing);
    await driver.installPackage(identity, release("1.0.0", [items]));
    await expect(driver.installPackage(identity, release("2.0.0", [items, broken]))).rejects.toMatchObject({
      code: "precondition",
    });
    // Nothing of the upgrade was committed, so there is nothing on its way either.
    expect(await driver.listInstallations(identity)).toMatchObject([
      { version: "1.0.0", status: "installed" },
    ]);
  });

  test("a file that was applied with another content", async () => {
    const { driver, identity } = await fresh(testing);
    await driver.installPackage(identity, release("1.0.0", [items]));
    const drifted = migration("0001_items", [
      "CREATE TABLE items (id text NOT NULL PRIMARY KEY, extra text)",
    ]);
    await expect(driver.installPackage(identity, release("1.1.0", [drifted, parts]))).rejects.toMatchObject({
      code: "precondition",
      message: expect.stringContaining("0001_items.sql was applied to this database with another content"),
    });
    expect(await driver.listInstallations(identity)).toMatchObject([
      { version: "1.0.0", status: "installed" },
    ]);
  });

  test("an older release than there is", async () => {
    const { driver, identity } = await fresh(testing);
    await driver.installPackage(identity, release("1.1.0", [items, parts]));
    await expect(driver.installPackage(identity, release("1.0.0", [items]))).rejects.toMatchObject({
      code: "precondition",
      message: expect.stringContaining("0002_parts.sql is not part of 1.0.0"),
    });
  });

  test("a package that is not written for this engine", async () => {
    const { driver, identity } = await fresh(testing);
    const none: Migration = { name: "0001_items", sqlite: null, postgres: null };
    await expect(
      driver.installPackage(identity, release("1.0.0", [none], { engines: [] })),
    ).rejects.toMatchObject({ code: "precondition", message: expect.stringContaining("is not written for") });
  });

  test("another tenant's database, and one that is missing", async () => {
    const { driver, identity } = await fresh(testing);
    const first = release("1.0.0", [items]);
    const foreign = { ...newIdentity(), databaseName: identity.databaseName };
    await expect(driver.installPackage(foreign, first)).rejects.toMatchObject({ code: "precondition" });
    await expect(driver.listInstallations(foreign)).rejects.toMatchObject({ code: "precondition" });
    await expect(driver.installPackage(newIdentity(), first)).rejects.toMatchObject({ code: "precondition" });
    expect(await driver.listInstallations(identity)).toEqual([]);
  });
}
