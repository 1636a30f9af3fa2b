import { resolve } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { pool } from "@/drizzle/control/schema/pools";
import { lintOnce } from "@/server/pool-watch";
import { addCluster } from "@/server/domain/clusters/add";
import { startWorker, type Worker } from "@/server/sagas/worker";
import { runCommand } from "@/server/testing/command-line";
import { createCommandWorld, type CommandWorld } from "@/server/testing/command-world";
import { withPostgres } from "@/server/testing/postgres";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 240_000 });

const postgres = withPostgres();
let world: CommandWorld;
let worker: Worker;
let access: Record<string, string>;

beforeAll(async () => {
  world = await createCommandWorld();
  worker = startWorker({ db: world.db, drivers: world.drivers });
  const operator = await world.person("Operator", { isOperator: true });
  await world.organization(operator, "Acme");
  await addCluster(operator, {
    name: "East",
    slug: "east",
    driver: "postgres",
    region: "us-east",
    capacity: null,
    labels: {},
    adminUrl: postgres.adminUrl().reveal(),
    allowPrivateNetwork: true,
  });
  await worker.drain();
  access = await world.accessOf(operator);
}, 60_000);
afterAll(async () => {
  await worker.stop();
  await world.end();
});

const freehold = (...args: string[]) => runCommand(args, access);
const students = "com.example.students";

/** Limits of a tenant are set and seen, and what is no limit is refused. */
async function limitRows(environment: string) {
  const limits = (...args: string[]) => freehold("env", "limits", environment, ...args);
  const set = await limits("--rows", "500000", "--storage-mb", "2048");
  expect(set).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/The limits of acme\/lake are set[^]*of 2 GB[^]*500,000/),
  });
  expect((await freehold("env", "show", environment)).stdout).toMatch(/Storage +.* of 2 GB\nRows +.*500,000/);
  const seen = z.looseObject({ id: z.string(), row_limit: z.literal(500_000) });
  const { id } = seen.parse(JSON.parse((await limits("--json")).stdout));
  expect((await freehold("env", "limits", id, "--rows", "none")).stdout).toMatch(/Rows +.*no limit/);
  for (const bad of ["0", "-1", "1.5", "many", "1000000000001"]) {
    const refused = await limits(`--rows=${bad}`);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("Give a whole number") });
  }
  const dedicated = await freehold("env", "limits", "acme/prod", "--rows", "5");
  expect(dedicated).toMatchObject({ code: 1, stderr: expect.stringContaining("Rows are limited in a pool") });
}

test("a pool is made, gets a package, takes a tenant, is drained and stays until it is empty", async () => {
  const made = await freehold("pool", "create", "Schools", "--cluster", "east", "--capacity", "5", "--wait");
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("Create database and fences") });
  expect(
    (await freehold("pool", "create", "Twice", "--slug", "schools", "--cluster", "east")).stderr,
  ).toMatch(/There is a pool with the slug schools already/);
  await freehold("package", "publish", resolve("examples/packages/students"));
  const rehearsed = await freehold("pool", "install", "schools", students, "--dry-run");
  expect(rehearsed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing was changed/) });
  const installed = await freehold("pool", "install", "schools", students, "--yes", "--wait");
  expect(installed).toMatchObject({ code: 0, stdout: expect.stringContaining("Apply for all tenants") });
  const settled = ["env", "create", "Lake", "--type", "production", "--isolation", "shared", "--wait"];
  expect(await freehold(...settled, "--organization", "acme")).toMatchObject({ code: 0 });
  expect((await freehold("pool", "list")).stdout).toMatch(
    /schools +Schools +east +us-east +active +1 of 5 +1/,
  );
  expect((await freehold("pool", "show", "schools")).stdout).toMatch(
    new RegExp(`Tenants +1 of 5[^]*${students} 1\\.1\\.0, installed`),
  );
  await limitRows("acme/lake");
  expect((await freehold("pool", "remove", "schools", "--yes")).stderr).toContain("Drain it first");
  expect(await freehold("pool", "drain", "schools", "--yes")).toMatchObject({ code: 0 });
  expect((await freehold("pool", "remove", "schools", "--yes")).stderr).toContain("still holds a tenant");
  const late = await freehold(
    "env",
    "create",
    "Late",
    "--type",
    "test",
    "--pool",
    "schools",
    "--organization",
    "acme",
  );
  expect(late).toMatchObject({ code: 1, stderr: expect.stringContaining("It is draining.") });
});

test("how pools stand is told with what was found and its mend", async () => {
  const [row] = await world.db.select().from(pool).where(eq(pool.slug, "schools"));
  if (!row) throw new Error("There is no pool.");
  await lintOnce(world.db, world.drivers, row);
  expect(await freehold("isolation", "show")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^schools {2}unknown, \d+ rules now, not attacked yet\n$/),
  });
  await postgres.ask("ALTER TABLE students.students NO FORCE ROW LEVEL SECURITY", row.databaseName);
  await lintOnce(world.db, world.drivers, row);
  const broken = await freehold("isolation", "show", "schools");
  expect(broken).toMatchObject({ code: 1, stderr: "schools is broken.\n" });
  expect(broken.stdout).toContain('ALTER TABLE "students"."students" FORCE ROW LEVEL SECURITY;');
  expect((await freehold("isolation", "show", "none")).stderr).toContain("There is no pool none.");
});
