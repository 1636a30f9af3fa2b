import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { issueToken } from "@/server/auth/issue-token";
import { audience, goodClaims, goodHeader, issuerName, makeKey, signText } from "@/sdk/testing/tokens";
import { runCommand } from "@/server/testing/command-line";
import { createCommandWorld, type CommandWorld } from "@/server/testing/command-world";

vi.setConfig({ testTimeout: 120_000 });

let world: CommandWorld;
let access: Record<string, string>;
let prod: string;

beforeAll(async () => {
  world = await createCommandWorld({ isServed: true });
  const boss = await world.person("Boss", { isOperator: true });
  prod = (await world.organization(boss, "Acme")).environment.id;
  await world.settle();
  access = await world.accessOf(boss);
});
afterAll(() => world.end());

const resolve = (...args: string[]) => runCommand(["resolve", ...args], access);
const gateway = ["--peer", "10.1.2.3", "--hop", "10.1.0.0/16"];

test("resolve prints the steps, the tenant, its placement and the connection, and ends with 0", async () => {
  const { code, stdout, stderr } = await resolve("-H", `X-Tenant-Id: ${prod}`, ...gateway);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /^SOURCE +SAW +TENANT +TRUSTED +VERDICT +WHY\nheader x-tenant-id +[0-9a-f-]{36} +acme\/prod +yes +decides +It is the first/,
  );
  expect(stdout).toContain(`Tenant      acme/prod (${prod})`);
  expect(stdout).toMatch(/Placement +dedicated, files \(sqlite, us-east\)\nConnection +http/);
  expect(stdout).toContain("Credential  readwrite, generation 1");
});

test("a request that would be refused ends with 3, and says what the client is told", async () => {
  const { token } = await issueToken({ subject: "user:ann", audience: "students", tenant: prod });
  const curl = `curl -k -H 'Authorization: Bearer ${token}' https://api.example.test/`;
  const { code, stdout, stderr } = await resolve("--curl", curl, "--service", "orders");
  expect(code).toBe(3);
  expect(stdout).toContain('It is for "students", and orders was asked.');
  expect(stderr).toMatch(
    /-k is ignored[^]+Refused: unauthenticated \(401\)\. A valid token for a tenant is needed\./,
  );
  expect(stdout + stderr).not.toContain(token);
});

test("as JSON it is one document, refused or not", async () => {
  const { code, stdout } = await resolve(
    "--url",
    "https://nobody.test/",
    "--preset",
    "databasePerTenant",
    "--json",
  );
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ refusal: { code: "not_found" }, resolved: null });
});

test("tokens of another issuer are taken by the keys in a file", async () => {
  const made = await makeKey("k1");
  const keys = join(world.home, "keys.json");
  writeFileSync(keys, JSON.stringify({ keys: [made.jwk] }));
  const claims = { ...goodClaims(), tid: prod };
  const token = await signText(made.privateKey, JSON.stringify(goodHeader("k1")), JSON.stringify(claims));
  const asked = ["-H", `Authorization: Bearer ${token}`, "--service", audience];
  expect(await resolve(...asked, "--issuer", issuerName, "--keys", keys)).toMatchObject({ code: 0 });
  const unknown = await resolve(...asked);
  expect(unknown.code).toBe(3);
  expect(unknown.stdout).toContain(`Its issuer is "${issuerName}", and tokens of`);
  expect(await resolve(...asked, "--issuer", issuerName)).toMatchObject({ code: 2, stdout: "" });
  const missing = await resolve(...asked, "--issuer", issuerName, "--keys", `${keys}.none`);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
});

test("wrong usage ends with 2, and what cannot be read with 1", async () => {
  expect(await resolve()).toMatchObject({ code: 2, stdout: "" });
  expect(await resolve("--curl", "curl a.test", "--url", "/")).toMatchObject({ code: 2, stdout: "" });
  expect(await resolve("--url", "/", "--preset", "mine")).toMatchObject({ code: 2, stdout: "" });
  const wget = await resolve("--curl", "wget https://a.test");
  expect(wget).toMatchObject({ code: 1, stdout: "" });
  expect(wget.stderr).toContain("It does not begin with curl.");
});
