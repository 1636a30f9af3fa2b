import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";

const root = import.meta.dirname;

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
    include: ["{app,bench,bin,components,examples,scripts,sdk,server}/**/*.test.{mjs,ts,tsx}"],
    globalSetup: ["server/testing/scratch.ts"],
    setupFiles: ["server/testing/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    allowOnly: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
