// Takes the README's picture: a fresh installation, set up by the command line, seen in a real browser.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt, ensureInstalled } from "./ensure.mjs";
import { onNode24, root } from "./node24.mjs";

await onNode24();
await ensureInstalled();
await ensureBuilt();

const port = 4320;
const url = `http://localhost:${port}`;
const directory = mkdtempSync(join(tmpdir(), "freehold-screenshot-"));
chmodSync(directory, 0o711);
const env = {
  ...process.env,
  PORT: String(port),
  FREEHOLD_BASE_URL: url,
  FREEHOLD_DATA_DIR: join(directory, "data"),
  FREEHOLD_POSTGRES_HOME: directory,
};
const person = { email: "you@example.com", password: "a long enough password" };

const setUp = [
  "setup",
  "--email",
  person.email,
  "--password",
  person.password,
  "--organization",
  "Acme",
  "--name",
  "You",
  "--json",
];
const { api_key: key } = JSON.parse(
  execFileSync(join(root, "bin/freehold"), setUp, { env, encoding: "utf8" }),
);
const server = spawn(process.execPath, [join(root, "scripts/start.mjs")], {
  env,
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  await new Promise((resolve) => server.stdout.once("data", resolve));
  for (const [name, slug, type] of [
    ["Staging", "staging", "staging"],
    ["Development", "dev", "development"],
  ]) {
    await fetch(`${url}/api/v1/organizations/acme/environments`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ name, slug, env_type: type }),
    });
  }
  await takePicture();
} finally {
  const gone = once(server, "exit");
  server.kill("SIGTERM");
  await gone;
  rmSync(directory, { recursive: true, force: true });
}

async function takePicture() {
  const { chromium } = await import("@playwright/test");
  const browser = await chromium.launch({
    executablePath: await ensureBrowser(),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, deviceScaleFactor: 2 });
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/acme/);
  await page.goto(`${url}/acme/environments/staging`);
  await page.getByText("Active", { exact: true }).first().waitFor();
  await page.getByText(/Provisioned in/).waitFor();
  mkdirSync(join(root, "docs/images"), { recursive: true });
  await page.screenshot({ path: join(root, "docs/images/console.png") });
  await browser.close();
}
