import {
  appendFileSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import { keepBlanks } from "./blanks";
import { createFile } from "./create";
import { createSqliteDriver } from "./driver";
import { prepareLayout } from "./layout";
import { buildTemplate } from "./template";
import { scratchDirectory } from "@/server/testing/sqlite-files";

/** Blanks of a process of its own, over a directory that may be shared. */
function pool(directory: string, count = 4) {
  const layout = prepareLayout(directory);
  const template = buildTemplate(layout, resolve("drizzle/tenant/migrations"));
  const blanks = keepBlanks(layout, { count, bytes: template.sizeBytes });
  onTestFinished(() => blanks.close());
  async function create() {
    const identity = newIdentity();
    const makeBytes = () => template.bytesFor(identity.tenant, new Date());
    await createFile(layout, identity, { makeBytes, blanks });
    return { identity, path: join(layout.root, `${identity.databaseName}.db`) };
  }
  return { blanks, create };
}

function world() {
  const directory = join(scratchDirectory(), "databases");
  const driver = createSqliteDriver({ directory });
  onTestFinished(() => driver.close());
  const tmp = join(directory, "tmp");
  const blankPaths = () => readdirSync(tmp).map((entry) => join(tmp, entry));
  return { directory, driver, blankPaths };
}

const inodeOf = (path: string) => statSync(path).ino;

test("creations use up the blanks, and then write fresh files", async () => {
  const { directory, driver, blankPaths } = world();
  const { blanks, create } = pool(directory, 3);
  await blanks.refill();
  const inodes = blankPaths().map(inodeOf);
  expect(inodes).toHaveLength(3);
  const made = await Promise.all([create(), create(), create(), create()]);
  const reused = made.filter(({ path }) => inodes.includes(inodeOf(path)));
  expect(reused).toHaveLength(3);
  expect(blankPaths()).toEqual([]);
  for (const { identity, path } of made) {
    expect(statSync(path)).toMatchObject({ nlink: 1, mode: 0o100600 });
    await expect(driver.inspectDatabase(identity)).resolves.toMatchObject({ schemaVersion: 1 });
  }
});

test("blanks are no findings, and go when they are closed", async () => {
  const { directory, driver, blankPaths } = world();
  const { blanks } = pool(directory);
  await Promise.all([blanks.refill(), blanks.refill()]);
  expect(blankPaths()).toHaveLength(4);
  expect(await listAll(driver)).toEqual([]);
  const filling = blanks.refill();
  await blanks.close();
  await filling;
  await blanks.refill();
  expect(blankPaths()).toEqual([]);
});

test("processes that share a directory leave each other's blanks alone", async () => {
  const { directory, driver, blankPaths } = world();
  const [one, other] = [pool(directory), pool(directory)];
  await Promise.all([one.blanks.refill(), other.blanks.refill()]);
  expect(blankPaths()).toHaveLength(8);
  const made = await Promise.all([one, other, one, other, one, other].map(({ create }) => create()));
  for (const { identity } of made) await driver.inspectDatabase(identity);
  expect(new Set(made.map(({ path }) => inodeOf(path))).size).toBe(6);
  await one.blanks.close();
  expect(blankPaths()).toHaveLength(1);
});

test("what a process left that died is removed once it is old", async () => {
  const { directory, blankPaths } = world();
  const dead = pool(directory);
  await dead.blanks.refill();
  const [old = "", ...young] = blankPaths();
  utimesSync(old, new Date(0), new Date(0));
  const { blanks, create } = pool(directory, 1);
  await blanks.refill();
  expect(blankPaths()).not.toContain(old);
  expect(blankPaths()).toEqual(expect.arrayContaining(young));
  for (let turn = 0; turn < 4; turn++) await dead.create();
  await create();
});

test.each<[string, (blank: string, elsewhere: string) => string | null]>([
  ["gone", (blank) => (unlinkSync(blank), null)],
  ["shorter", (blank) => (truncateSync(blank, 100), blank)],
  ["longer", (blank) => (appendFileSync(blank, "more"), blank)],
  ["also called otherwise", (blank, elsewhere) => (linkSync(blank, elsewhere), elsewhere)],
  [
    "another file",
    (blank, elsewhere) => (writeFileSync(elsewhere, "mine"), renameSync(elsewhere, blank), blank),
  ],
  [
    "a link to another file",
    (blank, elsewhere) => {
      writeFileSync(elsewhere, "mine");
      unlinkSync(blank);
      symlinkSync(elsewhere, blank);
      return elsewhere;
    },
  ],
])("a blank that is %s is not written over", async (_what, tamper) => {
  const { directory, driver, blankPaths } = world();
  const { blanks, create } = pool(directory, 1);
  await blanks.refill();
  const [blank = ""] = blankPaths();
  const untouched = tamper(blank, join(scratchDirectory(), "elsewhere"));
  const before = untouched && readFileSync(untouched);
  const { identity } = await create();
  await expect(driver.inspectDatabase(identity)).resolves.toMatchObject({ schemaVersion: 1 });
  expect(untouched && readFileSync(untouched)).toEqual(before);
});

test("the name that a database had as a blank is taken away when it comes back", async () => {
  const { directory, driver, blankPaths } = world();
  const { blanks, create } = pool(directory, 1);
  await blanks.refill();
  const [blank = ""] = blankPaths();
  const { identity, path } = await create();
  linkSync(path, blank);
  await expect(driver.verifyDatabase(identity)).resolves.toMatchObject({ schemaVersion: 1 });
  expect(statSync(path).nlink).toBe(1);
});
