import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { runCommand } from "@/server/testing/command-line";
import { withPostgres } from "@/server/testing/postgres";

vi.setConfig({ testTimeout: 120_000 });

const server = withPostgres();
const home = mkdtempSync(join(tmpdir(), "freehold-check-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const check = (args: string[], env: Record<string, string> = {}, input?: string) =>
  runCommand(["isolation", "check", ...args], { FREEHOLD_DATA_DIR: home, ...env }, input);

function urlOf(database: string): string {
  const url = new URL(server.adminUrl().reveal());
  url.pathname = `/${database}`;
  return url.href;
}
const password = () => new URL(server.adminUrl().reveal()).password;

beforeAll(async () => {
  await server.ask("create role web login");
  await server.ask("create database shut");
  await server.ask(
    `revoke all on database shut from public;
     revoke execute on function lo_create(oid), lo_creat(int), lo_from_bytea(oid, bytea), lo_open(oid, int), lo_get(oid),
       lo_get(oid, bigint, int), lo_put(oid, bigint, bytea), lo_unlink(oid), loread(int, int), lowrite(int, bytea),
       lo_import(text), lo_import(text, oid), lo_export(oid, text) from public`,
    "shut",
  );
  await server.ask("create database ajar");
  await server.ask(
    String.raw`create table "evil` +
      "\u001B[2J" +
      `" (org_id uuid, id int); grant select on all tables in schema public to web`,
    "ajar",
  );
});

test("a database with nothing to find ends with 0", async () => {
  const result = await check(["--app-role", "web"], { DATABASE_URL: urlOf("shut") });
  expect(result).toMatchObject({ code: 0, stderr: "" });
  expect(result.stdout).toContain("Nothing found.");
  expect(result.stdout).toContain("Not seen: No table has a column named tenant_id");
});

test("findings end with 1, each with what, why and the statement, and names cannot move the cursor", async () => {
  const result = await check(["--tenant-column", "org_id"], { DATABASE_URL: urlOf("ajar") });
  expect(result.code).toBe(1);
  expect(result.stderr).toMatch(/^\d+ findings\.\n$/);
  expect(result.stdout).toMatch(/^CRITICAL \(1\)/);
  expect(result.stdout).toContain("Row level security is off. Without row level security every query");
  expect(result.stdout).toContain("ENABLE ROW LEVEL SECURITY;");
  expect(result.stdout).not.toContain("\u001B");
});

test("the URL comes from standard input too, and JSON has every part", async () => {
  const { code, stdout } = await check(
    ["--stdin", "--json", "--tenant-column", "org_id"],
    {},
    `${urlOf("ajar")}\n`,
  );
  expect(code).toBe(1);
  const text = z.string().min(1);
  const finding = z.strictObject({
    rule: text,
    object: text,
    severity: text,
    problem: text,
    why: text,
    mend: text,
  });
  const report = z
    .strictObject({
      findings: z.array(finding),
      unseen: z.array(text),
      skipped: z.array(text),
      checks: z.number(),
      tables: z.number(),
      appRoles: z.array(text),
    })
    .parse(JSON.parse(stdout));
  expect(report).toMatchObject({ tables: 1, appRoles: ["web"] });
});

test("a password among the arguments is warned of", async () => {
  const { stderr } = await check(["--database-url", urlOf("shut"), "--app-role", "web"]);
  expect(stderr).toContain("can be seen in the list of processes");
});

const refused: [string, string[], Record<string, string>, string][] = [
  ["no URL", [], {}, "Set DATABASE_URL"],
  ["another protocol", [], { DATABASE_URL: "mysql://root:hunter2@localhost/x" }, "starts with postgresql://"],
  ["another server by a parameter", [], { DATABASE_URL: "postgresql://u:hunter2@h/x?host=/tmp" }, "sslmode"],
  [
    "a file by a parameter",
    [],
    { DATABASE_URL: "postgresql://u:hunter2@h/x?sslrootcert=/etc/passwd" },
    "sslmode",
  ],
  ["nobody there", [], { DATABASE_URL: "postgresql://u:hunter2@127.0.0.1:1/x" }, "could not be looked at"],
  ["an unknown option", ["--nonsense"], {}, "unknown option"],
];

test.each(refused)("%s ends with 2 and does not repeat the URL", async (_, args, env, message) => {
  const result = await check(args, env);
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toContain(message);
  expect(result.stderr).not.toContain("hunter2");
});

test("a wrong password and an unknown role end with 2", async () => {
  const wrong = urlOf("shut").replace(password(), "wrong-password");
  expect(await check([], { DATABASE_URL: wrong })).toMatchObject({ code: 2, stdout: "" });
  const unknown = await check(["--app-role", "nobody"], { DATABASE_URL: urlOf("shut") });
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no role nobody.") });
});
