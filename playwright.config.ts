import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, devices } from "@playwright/test";

const port = 4310;
const isRoot = process.getuid?.() === 0;
// No talk with the outside, whoever's browser it is.
const quiet = [
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const baseURL = `http://localhost:${port}`;
const directory = ownDirectory();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"], ["json", { outputFile: ".cache/playwright.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    actionTimeout: 20_000,
    // Every frame and every state of every test's pages would be kept, to be thrown away.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: isRoot ? ["--no-sandbox", ...quiet] : quiet,
    },
  },
  projects: [
    // The console has no users until somebody sets it up: *.setup.ts comes before everything else.
    { name: "setup", testMatch: "**/*.setup.ts" },
    { name: "console", testMatch: "**/*.spec.ts", dependencies: ["setup"] },
  ],
  webServer: {
    command: "node scripts/start.mjs",
    url: `${baseURL}/api/health/live`,
    reuseExistingServer: false,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 5000 },
    env: {
      PORT: String(port),
      FREEHOLD_BASE_URL: baseURL,
      FREEHOLD_DATA_DIR: join(directory, "data"),
      FREEHOLD_POSTGRES_HOME: directory,
      FREEHOLD_LOG_LEVEL: "warn",
    },
  },
});

// The workers read this file too: the first to do so makes the directory, and removes it.
function ownDirectory(): string {
  const known = process.env.FREEHOLD_E2E_DIRECTORY;
  if (known) return known;
  const made = mkdtempSync(join(tmpdir(), "freehold-e2e-"));
  // Root's Postgres runs as somebody else, who passes through.
  chmodSync(made, 0o711);
  process.env.FREEHOLD_E2E_DIRECTORY = made;
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}
