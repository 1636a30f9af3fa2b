import { createClient } from "@libsql/client/web";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import type { UserContext } from "@/server/kernel/context";
import { runCommand } from "@/server/testing/command-line";
import { answered, createCommandWorld, type CommandWorld } from "@/server/testing/command-world";
import { IssuedCredential } from "./answers";

// Every command is a process, and a busy machine starts few of them in a second.
vi.setConfig({ testTimeout: 240_000 });

let world: CommandWorld;
let ann: UserContext;
let access: Record<string, string>;
let prod: string;

beforeAll(async () => {
  world = await createCommandWorld({ isServed: true });
  ann = await world.person("Ann");
  prod = (await world.organization(ann, "Acme")).environment.id;
  await world.settle();
  access = await world.accessOf(ann);
});
afterAll(() => world.end());

const freehold = (...args: string[]) => runCommand(args, access);

const json = async (...args: string[]) => answered(await freehold(...args, "--json"));

const issue = async (name: string) =>
  IssuedCredential.parse(
    await json("credential", "issue", "acme/prod", "--name", name, "--scope", "readonly"),
  );

/** Whose database the token opens, at the world's own data server. */
async function whose(url: string, authToken: string): Promise<unknown> {
  const client = createClient({ url: world.dataUrl + new URL(url).pathname.replace(/\/?$/, "/"), authToken });
  try {
    return (await client.execute("select tenant_id from sys_stamp")).rows[0]?.["tenant_id"];
  } finally {
    client.close();
  }
}

test("a credential is issued as lines for a program, and what people want to know stays beside them", async () => {
  const issued = await freehold(
    "credential",
    "issue",
    "acme/prod",
    "--name",
    "Reports",
    "--scope",
    "readwrite",
  );
  expect(issued.code).toBe(0);
  const lines = /^DATABASE_URL=(http\S+)\nDATABASE_AUTH_TOKEN=(fhd_[\w-]{43})\n$/.exec(issued.stdout);
  expect(await whose(lines?.[1] ?? "", lines?.[2] ?? "")).toBe(prod);
  expect(issued.stderr).toMatch(
    /^Reports \(readwrite\) is issued and ends in 3 months\. Its secret is shown this once\. Id: [0-9a-f-]{36}\n$/,
  );
  expect(issued.stderr).not.toContain(lines?.[2]);
  const bare = await freehold(
    "credential",
    "issue",
    "acme/prod",
    "--name",
    "Bare",
    "--scope",
    "readonly",
    "--no-expiry",
    "--secret-only",
  );
  expect(bare.stdout).toMatch(/^fhd_[\w-]{43}\n$/);
  expect(bare.stderr).toContain("lives until it is revoked");
  const listed = await freehold("credential", "list", "acme/prod", "--status", "active");
  expect(listed.stdout).toMatch(/Reports +readwrite +direct +active +in 3 months/);
  expect(listed.stdout).toMatch(/Services, readwrite +readwrite +services +active +never/);
  expect(listed.stdout).not.toContain("fhd_");
});

test("wrong usage is refused before anything is asked for", async () => {
  const refused = await Promise.all([
    freehold("credential", "issue", "acme/prod", "--name", "X", "--scope", "root"),
    freehold(
      "credential",
      "issue",
      "acme/prod",
      "--name",
      "X",
      "--scope",
      "admin",
      "--days",
      "1",
      "--no-expiry",
    ),
    freehold("credential", "rotate", "some", "--overlap", "an hour"),
    freehold("credential", "revoke", "some"),
    freehold("credential", "revoke", "some", "acme/prod", "acme/test", "--reason", "X"),
  ]);
  expect(refused.map(({ code, stdout }) => [code, stdout])).toEqual(refused.map(() => [2, ""]));
});

test("a rotation is said, asked about and done, and both secrets work meanwhile", async () => {
  const old = await issue("Rotated");
  const { id } = old.credential;
  const rehearsed = await freehold("credential", "rotate", id, "-e", "acme/prod", "--dry-run");
  expect(rehearsed.stdout).toMatch(
    /^Nothing was changed\. .*The old one ends after 3600 s: whoever holds it/,
  );
  expect(await freehold("credential", "rotate", id, "acme/prod")).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("Add --yes"),
  });
  expect(await freehold("credential", "rotate", id, "acme/prod", "-e", "acme/prod", "--yes")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Name the environment once"),
  });
  const rotated = await freehold(
    "credential",
    "rotate",
    id,
    "acme/prod",
    "--overlap",
    "1h",
    "--yes",
    "--secret-only",
  );
  expect(rotated).toMatchObject({ code: 0, stderr: expect.stringContaining("The old one ends in 3600 s.") });
  const { url } = old.connection;
  expect(rotated.stdout.trim()).not.toBe(old.secret);
  expect(await whose(url, rotated.stdout.trim())).toBe(prod);
  expect(await whose(url, old.secret ?? "")).toBe(prod);
  expect(await freehold("credential", "rotate", id, "acme/prod", "--yes")).toMatchObject({
    code: 1,
    stderr: "Rotated: A credential that is rotating cannot be rotated.\n",
  });
});

test("a credential is revoked with a reason, and opens nothing from then on", async () => {
  const { credential, secret, connection } = await issue("Leaked");
  const args = ["credential", "revoke", credential.id, "acme/prod", "--reason", "It leaked"];
  expect((await freehold(...args, "--dry-run")).stdout).toMatch(/^Nothing was changed\./);
  expect(await whose(connection.url, secret ?? "")).toBe(prod);
  const revoked = await freehold(...args, "--yes", "--wait");
  expect(revoked).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/^Leaked is being revoked\.\n✓ /),
  });
  await vi.waitFor(() => expect(whose(connection.url, secret ?? "")).rejects.toThrow(), 10_000);
  expect(await freehold(...args, "--yes")).toMatchObject({
    code: 1,
    stderr: "Leaked: A credential that is revoked cannot be revoked.\n",
  });
});

test("services' login rotates on a schedule and at once; nobody is shown its secret", async () => {
  const [services] = z
    .array(z.object({ id: z.string(), audience: z.string() }))
    .parse(await json("credential", "list", "acme/prod", "--search", "Services"));
  const id = services?.id ?? "";
  expect(await json("credential", "schedule", id, "acme/prod", "--every", "30d")).toEqual({
    every_days: 30,
  });
  expect((await freehold("credential", "list", "acme/prod")).stdout).toContain("every 30 d");
  expect(await freehold("credential", "schedule", id, "acme/prod", "--every", "never")).toMatchObject({
    stdout: "Services, readwrite is rotated only when somebody asks for it.\n",
  });
  const direct = await issue("Direct");
  expect(
    await freehold("credential", "schedule", direct.credential.id, "acme/prod", "--every", "30d"),
  ).toMatchObject({ code: 1, stderr: expect.stringContaining("Only the credentials of services") });
  const rotated = await freehold("credential", "rotate", id, "acme/prod", "--yes");
  expect(rotated).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/^Services, readwrite is being rotated\.\nIt is under way\. /),
  });
  expect(rotated.stdout).not.toContain("fhd_");
});

test("an environment that is suspended issues nothing, and what is not here is not found", async () => {
  const ctx = await world.inEnvironment(ann, prod);
  await suspendEnvironment(ctx, { environment: prod, reason: "" });
  const refused = await freehold("credential", "issue", "acme/prod", "--name", "X", "--scope", "readonly");
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(/^An environment that is suspended cannot be connected to\. \(request /);
  await resumeEnvironment(await world.inEnvironment(ann, prod));
  expect(await freehold("credential", "revoke", prod, "acme/prod", "--reason", "x")).toMatchObject({
    code: 1,
    stderr: "There is no such credential in acme/prod. Look with: freehold credential list acme/prod\n",
  });
});
