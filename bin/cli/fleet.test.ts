import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { setRecoveryDays } from "@/server/domain/settings/set-recovery-days";
import type { UserContext } from "@/server/kernel/context";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { runCommand } from "@/server/testing/command-line";
import { answered, createCommandWorld, type CommandWorld } from "@/server/testing/command-world";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 240_000 });

let world: CommandWorld;
let operator: UserContext;
let access: Record<string, string>;

beforeAll(async () => {
  world = await createCommandWorld();
  operator = await world.person("Operator", { isOperator: true });
  await world.organization(operator, "Acme");
  await world.settle();
  access = await world.accessOf(operator);
});
afterAll(() => world.end());

const freehold = (...args: string[]) => runCommand(args, access);

const json = async (...args: string[]) => answered(await freehold(...args, "--json"));

const adminUrl = "postgresql://admin:a-secret-of-the-server@127.0.0.1:9/postgres";
const addBerlin = ["cluster", "add", "Berlin", "--driver", "postgres", "--region", "eu-central"];

test("a cluster's secret comes from the environment or standard input, never from the arguments, and is shown nowhere", async () => {
  expect(await freehold(...addBerlin)).toMatchObject({
    code: 1,
    stdout: "",
    stderr: "Set FREEHOLD_CLUSTER_SECRET, or pass it on standard input with --stdin.\n",
  });
  expect(await freehold(...addBerlin, "--admin-url", adminUrl)).toMatchObject({ code: 2 });
  const unreadable = { ...access, FREEHOLD_CLUSTER_SECRET: "a-secret-of-the-server" };
  const refused = await runCommand(addBerlin, unreadable);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Give an address such as /) });
  const added = await runCommand(
    [
      ...addBerlin,
      "--capacity",
      "500",
      "--label",
      "rack-no=7",
      "--label",
      "owner=ops",
      "--private-network",
      "--stdin",
    ],
    access,
    `${adminUrl}\n`,
  );
  expect(added).toMatchObject({ code: 0, stderr: "" });
  expect(added.stdout).toMatch(
    /^Cluster berlin is registered\. .*\nIt is under way\. Follow it: freehold operation watch /,
  );
  const shown = await freehold("cluster", "show", "berlin");
  expect(shown.stdout).toMatch(/Databases +0 of 500\n/);
  expect(shown.stdout).toMatch(/Labels +rack-no=7 owner=ops\n/);
  expect(
    refused.stderr + shown.stdout + added.stdout + JSON.stringify(await json("cluster", "list")),
  ).not.toContain("a-secret-of-the-server");
});

test("a cluster that cannot be reached stays offline and says why; it can be tested again and forgotten", async () => {
  await world.settle();
  await vi.waitFor(async () => {
    const [berlin] = z
      .array(z.object({ slug: z.string(), state: z.string(), state_reason: z.string() }))
      .parse(await json("cluster", "list", "--state", "offline"));
    expect(berlin?.state_reason).not.toBe("It is being tested.");
  }, 60_000);
  expect(await freehold("cluster", "drain", "berlin", "--yes")).toMatchObject({
    code: 1,
    stderr: "berlin: Only an active cluster can be drained.\n",
  });
  expect(await freehold("cluster", "check", "berlin", "--wait")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Test cluster failed: /),
  });
  expect(
    await json("cluster", "update", "berlin", "--name", "Berlin 2", "--capacity", "none", "--no-labels"),
  ).toMatchObject({ name: "Berlin 2", capacity: null, labels: {} });
  const rehearsed = await freehold("cluster", "remove", "berlin", "--dry-run");
  expect(rehearsed.stdout).toMatch(/^Nothing was changed\. /);
  expect(await json("cluster", "remove", "berlin", "--yes")).toEqual({ removed: true });
  expect(await freehold("cluster", "show", "berlin")).toMatchObject({
    code: 1,
    stderr: "There is no cluster berlin. Look with: freehold cluster list\n",
  });
});

test("the files take no new database while they are drained", async () => {
  const [files] = z
    .array(z.object({ slug: z.string() }))
    .parse(await json("cluster", "list", "--driver", "sqlite"));
  const slug = files?.slug ?? "";
  expect(await freehold("cluster", "remove", slug, "--yes")).toMatchObject({
    code: 1,
    stderr: `${slug}: It comes with the installation. Drain it to keep it empty.\n`,
  });
  expect((await freehold("cluster", "drain", slug)).stderr).toContain("Add --yes");
  expect(await json("cluster", "drain", slug, "--yes")).toMatchObject({ state: "draining" });
  const tried = await freehold("placement", "try", "--region", "us-east", "--driver", "sqlite");
  expect(tried).toMatchObject({ code: 1, stderr: "No cluster can take a new database.\n" });
  expect(tried.stdout).toContain("It is draining.");
  expect(await json("cluster", "activate", slug)).toMatchObject({ state: "active" });
  expect(
    (await freehold("placement", "try", "--region", "us-east", "--type", "test", "--tier", "premium")).stdout,
  ).toContain(`It would land on ${slug} (sqlite, us-east).`);
});

test("rules are added, put in order and removed by their names", async () => {
  expect(await freehold("placement", "rule", "add", "Nowhere")).toMatchObject({ code: 2 });
  await json("placement", "rule", "add", "Trials", "--type", "trial", "--driver", "sqlite");
  await json("placement", "rule", "add", "Rest", "--not-fenced", "--driver", "sqlite", "--off");
  expect(await freehold("placement", "rule", "order", "Rest")).toMatchObject({
    code: 1,
    stderr: "Name every rule. Missing: Trials.\n",
  });
  expect(await freehold("placement", "rule", "order", "Rest", "Trials")).toMatchObject({
    stdout: "The order is: Rest, Trials.\n",
  });
  const shown = await freehold("placement", "show");
  expect(shown.stdout).toMatch(
    /^Preset +DatabasePerTenant\n\n.*\n1 +Rest +not fenced +any sqlite +off .*\n2 +Trials +trial +any sqlite /,
  );
  expect((await freehold("placement", "rule", "remove", "Rest", "--dry-run")).stdout).toMatch(/^Nothing was/);
  for (const rule of ["Rest", "Trials"])
    expect(await json("placement", "rule", "remove", rule, "--yes")).toEqual({ removed: true });
  expect(await json("placement", "preset", "DedicatedSingleTenant")).toEqual({
    preset: "DedicatedSingleTenant",
  });
  expect(await freehold("env", "create", "Second", "-o", "acme", "--type", "trial")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^This installation serves one tenant, and that one is there\. /),
  });
  expect(await json("placement", "preset", "DatabasePerTenant")).toEqual({ preset: "DatabasePerTenant" });
});

test("a service's key is printed once and refused once it is revoked", async () => {
  const added = await freehold("service", "add", "Orders", "--scope", "connect", "--days", "30");
  expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^fhs_[\w-]{43}\n$/) });
  const listed = await freehold("service", "list");
  expect(listed.stdout).toMatch(/Orders +fhs_[\w-]{4}… +connect +readwrite +in /);
  expect(listed.stdout).not.toContain(added.stdout.trim());
  expect((await freehold("service", "revoke", "Orders", "--dry-run")).stdout).toMatch(/^Nothing was changed/);
  expect(await json("service", "revoke", "Orders", "--yes")).toEqual({ revoked: true });
  expect(await freehold("service", "revoke", "Orders", "--yes")).toMatchObject({
    code: 1,
    stderr: "There is no service Orders. Look with: freehold service list\n",
  });
});

test("an environment lands where it is told to, says why, and can be recovered until it is purged", async () => {
  await setRecoveryDays(operator, { days: 7 });
  await json(
    "env",
    "create",
    "Placed",
    "--type",
    "test",
    "-o",
    "acme",
    "--driver",
    "sqlite",
    "--cluster",
    "files",
    "--wait",
  );
  const shown = await freehold("env", "show", "acme/placed");
  expect(shown.stdout).toMatch(/Database +env_\w+, dedicated, sqlite on files\nStorage +.* of 10 GB\n/);
  expect(shown.stdout).toMatch(/PLACED BY.*\nrequest +files +taken +It was asked for by name\.\n/);
  expect(await freehold("env", "purge", "acme/placed", "--yes")).toMatchObject({
    code: 1,
    stderr: "acme/placed: An environment that is active cannot be deleted for good.\n",
  });
  const deleted = await freehold("env", "delete", "acme/placed", "--yes");
  expect(deleted.stdout).toMatch(
    /^acme\/placed is deleted\. Until \d{4}-\d\d-\d\d \d\d:\d\d UTC it can be recovered: freehold env recover acme\/placed\n$/,
  );
  expect(await json("env", "list", "-o", "acme", "--status", "deleted")).toMatchObject([{ slug: "placed" }]);
  expect(await freehold("env", "recover", "acme/placed")).toMatchObject({
    code: 0,
    stdout: "acme/placed is active again.\n",
  });
  expect(await json("env", "delete", "acme/placed", "--yes")).toMatchObject({ operation: null });
  expect((await freehold("env", "purge", "acme/placed", "--dry-run")).stdout).toContain("no way back");
  const purged = await freehold("env", "purge", "acme/placed", "--yes", "--wait");
  expect(purged).toMatchObject({ code: 0, stdout: expect.stringContaining("✓ Remove registration") });
  expect((await freehold("env", "show", "acme/placed")).code).toBe(1);
  await setRecoveryDays(operator, { days: 0 });
});

test("a fence is set, keeps data in, and is lifted", async () => {
  expect(await freehold("org", "fence", "-o", "acme")).toMatchObject({ code: 2 });
  expect((await freehold("org", "fence", "us-east", "-o", "acme", "--dry-run")).stdout).toContain(
    "Data of acme may only be in us-east",
  );
  expect(await freehold("org", "fence", "eu-west", "-o", "acme", "--yes")).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^The data of prod is in us-east\. Delete it for good there first\. /),
  });
  expect(await json("org", "fence", "us-east", "-o", "acme", "--yes")).toEqual({ residency: "us-east" });
  const outside = await freehold(
    "env",
    "create",
    "Away",
    "--type",
    "test",
    "-o",
    "acme",
    "--region",
    "eu-west",
  );
  expect(outside.stderr).toMatch(/^Its data must stay in us-east, and eu-west was asked for\. /);
  expect(await json("org", "fence", "--lift", "-o", "acme", "--yes")).toEqual({ residency: null });
});

test("a database that no one owns is found, adopted or destroyed", async () => {
  const tenants = [environmentId(newId()), environmentId(newId())];
  for (const tenant of tenants)
    await (await world.files()).createDatabase({ tenant, databaseName: databaseNameFor(tenant) });
  expect((await freehold("finding", "list")).stdout).toContain("Nothing was compared yet.");
  expect(await freehold("finding", "check", "--wait")).toMatchObject({ code: 0, stderr: "" });
  const found = z
    .array(z.object({ id: z.string(), database_name: z.string() }))
    .parse(await json("finding", "list", "--kind", "orphan"));
  const [kept, gone] = tenants.map((tenant) =>
    found.find(({ database_name }) => database_name === databaseNameFor(tenant)),
  );
  const adopted = await freehold(
    "finding",
    "adopt",
    kept?.id ?? "",
    "-o",
    "acme",
    "--name",
    "Found again",
    "--type",
    "staging",
  );
  expect(adopted.stdout).toContain(`${kept?.database_name} is the environment acme/found-again now.`);
  expect(await json("env", "show", "acme/found-again")).toMatchObject({ id: tenants[0], status: "active" });
  expect((await freehold("finding", "destroy", gone?.id ?? "")).stderr).toContain("Add --yes");
  expect((await freehold("finding", "destroy", gone?.id ?? "", "--yes", "--wait")).code).toBe(0);
  expect(await json("finding", "list", "--search", gone?.database_name ?? "")).toEqual([]);
  expect((await freehold("finding", "list", "--search", "nowhere")).stdout).toBe("No such finding.\n");
});

test("who is no operator finds no fleet", async () => {
  const eve = await world.accessOf(await world.person("Eve"));
  for (const args of [
    ["cluster", "list"],
    ["placement", "show"],
    ["service", "list"],
    ["finding", "list"],
  ])
    expect(await runCommand(args, eve), args.join(" ")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^There is nothing here\. /),
    });
});
