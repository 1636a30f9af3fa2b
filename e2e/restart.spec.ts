import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { paths } from "@/components/paths";
import { expect, password, test } from "./fixtures";

const port = 4320;
const url = `http://localhost:${port}`;
const email = "you@example.test";

test.use({ baseURL: url });

let directory = "";
let server: ChildProcess | undefined;

/** A server with a data directory of its own. Back when it answers. */
async function start(): Promise<void> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: settings(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  server = child;
  const lines = createInterface({ input: child.stdout });
  for await (const said of lines) if (said.includes("Freehold is ready")) return;
  throw new Error("The server ended before it was ready.");
}

const settings = () => ({
  ...process.env,
  PORT: String(port),
  FREEHOLD_BASE_URL: url,
  FREEHOLD_DATA_DIR: join(directory, "data"),
  FREEHOLD_POSTGRES_HOME: directory,
  FREEHOLD_LOG_LEVEL: "error",
});

async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, "exit");
  server.kill(signal);
  await gone;
}

test.beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "freehold-restart-"));
  chmodSync(directory, 0o711);
});
test.afterAll(async () => {
  await end("SIGTERM");
  rmSync(directory, { recursive: true, force: true });
});

test("a server that is killed in the middle of a creation finishes it when it is back", async ({ page }) => {
  const setUp = ["setup", "--email", email, "--password", password, "--organization", "Acme", "--json"];
  await promisify(execFile)("bin/freehold", setUp, { env: settings() });
  await start();
  await page.goto(paths.signIn());
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/acme/);
  await page.goto(paths.newEnvironment("acme"));
  await page.getByLabel("Name", { exact: true }).fill("Ledger");
  await page.getByRole("radio", { name: /^Postgres/ }).check();
  await expect(page.getByText("postgres in us-east", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Create environment" }).click();
  await page.waitForURL("**/acme/environments/ledger");
  await end("SIGKILL");
  await start();
  // Nobody reloads: the page finds the server again and shows how it went on.
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/^Provisioned in/).first()).toBeVisible();
  await page.goto(paths.database("acme", "ledger"));
  await expect(page.getByText("It names this environment.")).toBeVisible();
  await end("SIGTERM");
  // Whoever copies the file and forgets its log has all of it.
  const copy = join(directory, "copy.db");
  copyFileSync(join(directory, "data", "control.db"), copy);
  const registry = new DatabaseSync(copy, { readOnly: true });
  expect(registry.prepare("SELECT slug FROM sys_environment ORDER BY slug").all()).toEqual([
    { slug: "ledger" },
    { slug: "prod" },
  ]);
  registry.close();
});
