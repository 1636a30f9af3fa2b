import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;
const tests = "{app,bench,bin,components,examples,scripts,sdk,server}/**/*.test.{mjs,ts,tsx}";

// What a test does that sets up the process it runs in: its settings, its data directory, its own doors.
const setsUpProcess =
  /\/(console|door-settings|door-world|district-world|rotation-world)"|kernel\/env"|process\.(umask|env(\.|\[")\w+("\])? = )|vi\.(hoisted|resetModules)/;
const alone = globSync(tests, { cwd: root }).filter((file) =>
  setsUpProcess.test(readFileSync(join(root, file), "utf8")),
);

export default defineConfig({
  resolve: {
    alias: [{ find: /^@\//, replacement: `${root}/` }],
  },
  // The SDK's sources and not what is packed of them. Node is told these too, and knows no "module".
  ssr: {
    resolve: {
      conditions: ["freehold-source", ...defaultServerConditions.filter((name) => name !== "module")],
    },
  },
  test: {
    // Loading the modules takes longer than most files' tests: two processes do it once for all of them.
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      { extends: true, test: { name: "together", include: [tests], exclude: alone, isolate: false } },
    ],
    globalSetup: ["server/testing/scratch.ts"],
    setupFiles: ["server/testing/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    allowOnly: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
