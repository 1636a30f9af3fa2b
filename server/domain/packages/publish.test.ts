import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import type { UserContext } from "@/server/kernel/context";
import { ordersPackage, packageFiles } from "@/server/testing/packages";
import { createWorld, type World } from "@/server/testing/world";
import { deleteDraft } from "./delete-draft";
import { deprecatePackage } from "./deprecate";
import { getPackage, getPackageVersion } from "./get";
import { listPackages } from "./list";
import { publishPackage } from "./publish";
import { publishDraft } from "./publish-draft";
import { ListPackages } from "./schema";

let world: World;
let olga: UserContext;
let ann: UserContext;

beforeAll(async () => {
  world = await createWorld();
  olga = await world.person("Olga", { isOperator: true });
  ann = await world.person("Ann");
});
afterAll(() => world.end());

let next = 0;
const newName = () => `orders${next++}`;

const entriesOf = async (name: string) => {
  const rows = await world.db
    .select({ action: auditEntry.action, chain: auditEntry.chain })
    .from(auditEntry)
    .where(and(eq(auditEntry.subjectKind, "package"), eq(auditEntry.subjectLabel, name)));
  return rows.map(({ action, chain }) => `${chain}: ${action}`);
};

const versionsOf = async (name: string) =>
  (await getPackage(olga, { package: name })).versions.map(({ version, status }) => `${version} ${status}`);

test("a version is kept with its content, and the fleet's chain says who published it", async () => {
  const name = newName();
  const { version, isNew } = await publishPackage(olga, ordersPackage(name, "1.1.0"));
  expect({ version, isNew }).toMatchObject({
    isNew: true,
    version: { status: "published", statementCount: 3 },
  });
  const content = await getPackageVersion(ann, { package: `com.example.${name}`, version: "1.1.0" });
  expect(content.tables.map((table) => table.name)).toEqual([`${name}_lines`, `${name}_orders`]);
  expect(content.migrations.map(({ sqlite }) => sqlite?.statements.length)).toEqual([1, 2]);
  expect(await entriesOf(`com.example.${name}`)).toEqual(["fleet: package.publish"]);
});

test("the same again says so and leaves no trace; another content is a conflict", async () => {
  const name = newName();
  await publishPackage(olga, ordersPackage(name, "1.0.0"));
  expect(await publishPackage(olga, ordersPackage(name, "1.0.0"))).toMatchObject({ isNew: false });
  await expect(
    publishPackage(
      olga,
      ordersPackage(name, "1.0.0", { "0001_orders.sql": "CREATE TABLE other (id text);" }),
    ),
  ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("a new version") });
  expect(await entriesOf(`com.example.${name}`)).toHaveLength(1);
});

test("of eight at once one is new", async () => {
  const name = newName();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => publishPackage(olga, ordersPackage(name, "1.0.0"))),
  );
  expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await entriesOf(`com.example.${name}`)).toHaveLength(1);
});

const unfit: [why: string, version: string, changes: Record<string, string>, says: RegExp][] = [
  ["a lower version", "1.0.9", {}, /1\.0\.9 is not newer than 1\.1\.0/],
  ["a release candidate of what is published", "1.1.0-rc.1", {}, /not newer/],
  [
    "a changed file",
    "1.2.0",
    { "0002_lines.sql": "CREATE TABLE elsewhere (id text);" },
    /0002_lines\.sql has changed since 1\.1\.0/,
  ],
];

test.each(unfit)("%s is refused", async (_, version, changes, says) => {
  const name = newName();
  await publishPackage(olga, ordersPackage(name, "1.1.0"));
  await expect(publishPackage(olga, ordersPackage(name, version, changes))).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(says),
  });
});

test("a release that leaves out a file of the one before is refused with the file's name", async () => {
  const name = newName();
  await publishPackage(olga, ordersPackage(name, "1.1.0"));
  await expect(publishPackage(olga, ordersPackage(name, "2.0.0"))).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("migrations/0002_lines.sql is missing since 1.1.0"),
  });
});

test("two packages do not share a schema, and a package stays in its own", async () => {
  const name = newName();
  await publishPackage(olga, ordersPackage(name, "1.0.0"));
  const sql = { "0001_a.sql": "CREATE TABLE a (id text);" };
  await expect(
    publishPackage(olga, packageFiles({ name: "com.example.thief", version: "1.0.0", schema: name }, sql)),
  ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("is taken by the package") });
  await expect(
    publishPackage(
      olga,
      packageFiles({ name: `com.example.${name}`, version: "2.0.0", schema: "moved" }, sql),
    ),
  ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("stays in its schema") });
});

test("a refused package leaves nothing behind", async () => {
  const name = newName();
  await expect(
    publishPackage(olga, ordersPackage(name, "1.0.0", { "0001_orders.sql": "PRAGMA foreign_keys = OFF;" })),
  ).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining("migrations/0001_orders.sql:1:"),
  });
  expect(await world.db.$count(schemaPackage, eq(schemaPackage.name, `com.example.${name}`))).toBe(0);
});

test("a draft is published or deleted, and its package goes with the last one", async () => {
  const name = newName();
  const full = `com.example.${name}`;
  await publishPackage(olga, { ...ordersPackage(name, "1.0.0"), draft: true });
  expect(await versionsOf(full)).toEqual(["1.0.0 draft"]);
  await deleteDraft(olga, { package: full, version: "1.0.0" });
  await expect(getPackage(olga, { package: full })).rejects.toMatchObject({ code: "not_found" });
  await publishPackage(olga, { ...ordersPackage(name, "1.0.0"), draft: true });
  await publishDraft(olga, { package: full, version: "1.0.0" });
  await expect(publishDraft(olga, { package: full, version: "1.0.0" })).rejects.toMatchObject({
    code: "precondition",
  });
  await expect(deleteDraft(olga, { package: full, version: "1.0.0" })).rejects.toMatchObject({
    code: "precondition",
  });
  expect(await entriesOf(full)).toEqual([
    "fleet: package.draft",
    "fleet: package.delete_draft",
    "fleet: package.draft",
    "fleet: package.publish",
  ]);
});

test("publishing a draft's content publishes the draft", async () => {
  const name = newName();
  await publishPackage(olga, { ...ordersPackage(name, "1.0.0"), draft: true });
  expect(await publishPackage(olga, ordersPackage(name, "1.0.0"))).toMatchObject({
    isNew: true,
    version: { status: "published" },
  });
  expect(await versionsOf(`com.example.${name}`)).toEqual(["1.0.0 published"]);
});

test("a draft that fell behind is not published any more", async () => {
  const name = newName();
  await publishPackage(olga, { ...ordersPackage(name, "1.0.0"), draft: true });
  await publishPackage(olga, ordersPackage(name, "1.1.0"));
  await expect(
    publishDraft(olga, { package: `com.example.${name}`, version: "1.0.0" }),
  ).rejects.toMatchObject({
    code: "conflict",
  });
});

test("a deprecated version says why, once", async () => {
  const name = newName();
  const input = { package: `com.example.${name}`, version: "1.0.0", reason: "It loses rows." };
  await publishPackage(olga, ordersPackage(name, "1.0.0"));
  expect(await deprecatePackage(olga, input)).toMatchObject({
    status: "deprecated",
    deprecationReason: "It loses rows.",
  });
  await expect(deprecatePackage(olga, input)).rejects.toMatchObject({ code: "precondition" });
  expect(await entriesOf(input.package)).toEqual(["fleet: package.publish", "fleet: package.deprecate"]);
});

test("what was published is not changed by whoever holds the database either", async () => {
  const name = newName();
  await publishPackage(olga, ordersPackage(name, "1.0.0"));
  const [row] = await world.db.select().from(packageVersion).limit(1);
  const mine = eq(packageVersion.id, row?.id ?? "");
  await expect(world.db.update(packageVersion).set({ checksum: "x" }).where(mine)).rejects.toThrow();
  await expect(world.db.delete(packageVersion).where(mine)).rejects.toThrow();
});

test("who is no operator reads, and writes nothing", async () => {
  const name = newName();
  const ref = { package: `com.example.${name}`, version: "1.0.0" };
  await expect(publishPackage(ann, ordersPackage(name, "1.0.0"))).rejects.toMatchObject({
    code: "not_found",
  });
  await publishPackage(olga, { ...ordersPackage(name, "1.0.0"), draft: true });
  await expect(publishDraft(ann, ref)).rejects.toMatchObject({ code: "not_found" });
  await expect(deleteDraft(ann, ref)).rejects.toMatchObject({ code: "not_found" });
  await expect(deprecatePackage(ann, { ...ref, reason: "No." })).rejects.toMatchObject({ code: "not_found" });
  expect(await getPackage(ann, ref)).toMatchObject({ environments: null });
});

test("the list is searched, sorted and paged", async () => {
  for (const letter of ["a", "b", "c"])
    await publishPackage(olga, ordersPackage(`paged_${letter}`.replace("_", ""), "1.0.0"));
  const read = (input: Record<string, unknown>) =>
    listPackages(ann, ListPackages.parse({ search: "paged", ...input }));
  const first = await read({ limit: 2 });
  expect(first.items.map((item) => item.name)).toEqual(["com.example.pageda", "com.example.pagedb"]);
  expect(first.total).toBe(3);
  const second = await read({ limit: 2, cursor: first.next ?? "" });
  expect(second.items.map((item) => item.name)).toEqual(["com.example.pagedc"]);
  expect(second.items[0]).toMatchObject({ newestVersion: "1.0.0", versionCount: 1, environmentCount: null });
});
