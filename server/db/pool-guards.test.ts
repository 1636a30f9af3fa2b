import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { builtInClusters } from "@/server/domain/clusters/names";
import { newId } from "@/server/kernel/ids";
import { openControlFile, type ControlFile } from "@/server/testing/control-file";
import { createWorld, type World } from "@/server/testing/world";

let world: World;
let control: ControlFile;
let environment: string;
let packageId: string;
let poolId: string;

beforeAll(async () => {
  world = await createWorld();
  environment = (await world.organization(await world.person("Ann"), "Acme")).environment.id;
  await world.settle();
  control = openControlFile(world);
});
afterAll(async () => {
  control.raw.close();
  await world.end();
});

const countOf = (table: string, column: string, id: string) =>
  control.raw.prepare(`SELECT ${column} AS n FROM ${table} WHERE id = ?`).get(id)?.["n"];

beforeEach(() => {
  packageId = newId();
  poolId = newId();
  control.raw
    .prepare(
      "INSERT INTO sys_package (id, name, schema, owner_service, created_by, created_at, updated_at) VALUES (?, ?, ?, 's', 'a', 0, 0)",
    )
    .run(packageId, `org.test.${packageId}`, packageId);
  control.raw
    .prepare(
      "INSERT INTO sys_pool (id, slug, name, cluster_id, database_name, state, created_at, updated_at) VALUES (?, ?, 'P', ?, ?, 'active', 0, 0)",
    )
    .run(poolId, poolId, builtInClusters.postgres, poolId);
});

function addVersion(status: "draft" | "published"): string {
  const id = newId();
  control.raw
    .prepare(
      "INSERT INTO sys_package_version (id, package_id, version, sort_key, status, checksum, manifest, migrations, statement_count, size_bytes, created_by, created_at) VALUES (?, ?, '1.0.0', '1', ?, 'c', '{}', '[]', 1, 1, 'a', 0)",
    )
    .run(id, packageId, status);
  return id;
}

const moveInto = (pool: string | null, isolation: string, cluster: string) =>
  control.tried(
    "UPDATE sys_environment_database SET pool_id = ?, isolation = ?, cluster_id = ? WHERE environment_id = ?",
    pool,
    isolation,
    cluster,
    environment,
  );

test.for([
  ["its checksum", "checksum = 'other'", "draft", /immutable/],
  ["its statements", "migrations = '[1]'", "published", /immutable/],
  ["its number", "version = '2.0.0'", "published", /immutable/],
  ["back to a draft", "status = 'draft'", "published", /version_status/],
  ["a draft to deprecated", "status = 'deprecated'", "draft", /version_status/],
] as const)("a version cannot change %s", ([, change, status, refusal]) => {
  const id = addVersion(status);
  expect(control.tried(`UPDATE sys_package_version SET ${change} WHERE id = ?`, id)).toMatch(refusal);
});

test("a published version cannot go, a draft can", () => {
  const id = addVersion("draft");
  expect(control.tried("UPDATE sys_package_version SET status = 'published' WHERE id = ?", id)).toBeNull();
  expect(control.tried("DELETE FROM sys_package_version WHERE id = ?", id)).toMatch(/version_published/);
  control.raw.prepare("UPDATE sys_package_version SET status = 'deprecated' WHERE id = ?").run(id);
  expect(control.tried("DELETE FROM sys_package_version WHERE id = ?", id)).toMatch(/version_published/);
});

test("a shared database is in a pool of its own cluster, a dedicated one in none", () => {
  const { files, postgres } = builtInClusters;
  expect(moveInto(poolId, "dedicated", postgres)).toMatch(/home/);
  expect(moveInto(null, "shared", postgres)).toMatch(/home/);
  expect(moveInto(poolId, "shared", files)).toMatch(/home/);
});

test("a pool counts its tenants, its cluster counts the pool, and neither takes more than it may", () => {
  const { files, postgres } = builtInClusters;
  const databases = () => countOf("sys_cluster", "database_count", postgres);
  const before = databases();
  expect(moveInto(poolId, "shared", postgres)).toBeNull();
  expect([countOf("sys_pool", "tenant_count", poolId), databases()]).toEqual([1, before]);
  expect(moveInto(null, "dedicated", files)).toBeNull();
  expect(countOf("sys_pool", "tenant_count", poolId)).toBe(0);
  control.raw.prepare("UPDATE sys_pool SET capacity = 0 WHERE id = ?").run(poolId);
  expect(moveInto(poolId, "shared", postgres)).toMatch(/pool_full/);
});
