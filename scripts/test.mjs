import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBrokers, sayMissing } from "./brokers.mjs";
import { ensureBrowser } from "./browser.mjs";
import { ensureInstalled } from "./ensure.mjs";
import { run } from "./lifetime.mjs";
import { onNode24, progress, root } from "./node24.mjs";

const tool = (path, ...args) => [join("node_modules", path), ...args];
const vitestReport = ".cache/vitest.json";
const playwrightReport = ".cache/playwright.json";

/** As they are reported. `run` gives `{ passed, failed, skipped }`; a stage that `needs` another is skipped when that failed. */
const stages = [
  { name: "lock", run: () => check(["scripts/check-lock.mjs"], ["scripts/check-lock.mjs", "bench/peers"]) },
  { name: "format", run: () => check(tool("prettier/bin/prettier.cjs", "--check", "--log-level=warn", ".")) },
  {
    name: "types",
    run: () => check(tool("next/dist/bin/next", "typegen"), tool("typescript/bin/tsc", "--noEmit")),
  },
  { name: "lint", run: () => check(tool("oxlint/bin/oxlint", "--type-aware")) },
  { name: "canaries", run: () => counted(["scripts/canaries.mjs"]) },
  { name: "knip", run: () => check(tool("knip/bin/knip.js", "--treat-config-hints-as-errors")) },
  { name: "migrations", run: () => check(["scripts/check-migrations.mjs"]) },
  { name: "docs", run: () => check(["scripts/check-docs.mjs"]) },
  { name: "unit", run: runVitest },
  { name: "build", run: () => check(["scripts/build.mjs"]) },
  {
    name: "crash",
    needs: "build",
    run: () => optional("scripts/crash.mjs", ["scripts/crash.mjs", "--rounds", "6"]),
  },
  {
    name: "bench",
    needs: "build",
    run: () => optional("bench/gates.ts", ["--import", "./scripts/typescript.mjs", "bench/gates.ts"]),
  },
  { name: "e2e", needs: "build", run: runPlaywright },
];
// One phase after the other. The rows of a phase run side by side, each in its order: the first two only read,
// and lint needs what types writes.
const phases = [
  [
    ["lock", "format", "canaries", "docs"],
    ["types", "lint", "knip", "migrations"],
  ],
  [["unit"], ["build"]],
  [["e2e"], ["crash", "bench"]],
];
// No browser, no network, no production build: what to run before every commit.
const verify = stages
  .slice(
    0,
    stages.findIndex(({ name }) => name === "build"),
  )
  .map(({ name }) => name);

await onNode24();
process.chdir(root);
const wanted = chosen(process.argv.slice(2));
await ensureInstalled();
mkdirSync(".cache", { recursive: true });
process.exitCode = await runAll(stages.filter(({ name }) => wanted.includes(name)));

function chosen(names) {
  const known = stages.map(({ name }) => name);
  const asked = names.flatMap((name) => (name === "verify" ? verify : [name]));
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length === 0) return asked.length > 0 ? asked : known;
  progress(`There is no stage ${unknown.join(", ")}. Name some of: verify, ${known.join(", ")}.`);
  return process.exit(2);
}

async function runAll(selected) {
  const results = new Map();
  for (const rows of phases)
    await Promise.all(
      rows.map((row) =>
        runInTurn(
          selected.filter(({ name }) => row.includes(name)),
          results,
        ),
      ),
    );
  return report(new Map(selected.map(({ name }) => [name, results.get(name)])));
}

async function runInTurn(selected, results) {
  for (const stage of selected) {
    const isBlocked = results.get(stage.needs)?.failed > 0;
    process.stdout.write(isBlocked ? "" : `\n== ${stage.name}\n`);
    const started = Date.now();
    const result = isBlocked ? { passed: 0, failed: 0, skipped: 1 } : await runOne(stage);
    results.set(stage.name, { ...result, seconds: (Date.now() - started) / 1000 });
  }
}

async function runOne(stage) {
  try {
    return await stage.run();
  } catch (error) {
    progress(`${stage.name}: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function report(results) {
  process.stdout.write("\n");
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, { seconds, ...counts }] of results) {
    for (const key of Object.keys(total)) total[key] += counts[key];
    process.stdout.write(`${name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s   ${inWords(counts)}\n`);
  }
  process.stdout.write(`${inWords(total)}\n`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

// A developer's own settings must not reach what is tested.
function cleanEnvironment(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(FREEHOLD_|PORT$|NODE_ENV$)/.test(name));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1", ...extra };
}

/** Programs that are silent when all is well, as one check. */
async function check(...commands) {
  for (const args of commands) {
    const { code } = await run(process.execPath, args, { env: cleanEnvironment() });
    if (code !== 0) return { passed: 0, failed: 1, skipped: 0 };
  }
  return { passed: 1, failed: 0, skipped: 0 };
}

/** A program that says `N passed, N failed` in its last line. */
async function counted(args) {
  const { code, output } = await run(process.execPath, args, { quiet: true, env: cleanEnvironment() });
  process.stdout.write(output);
  const [, passed, failed] = /(\d+) passed, (\d+) failed[^\n]*\s*$/.exec(output) ?? [];
  if (passed === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  return { passed: Number(passed), failed: Number(failed) || (code === 0 ? 0 : 1), skipped: 0 };
}

async function optional(file, args) {
  return existsSync(file) ? counted(args) : { passed: 0, failed: 0, skipped: 0 };
}

async function runVitest() {
  const missing = sayMissing(await ensureBrokers());
  if (missing) progress(missing);
  const args = tool(
    "vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${vitestReport}`,
  );
  return reported(vitestReport, args, {}, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

async function runPlaywright() {
  const path = await ensureBrowser();
  if (path === null)
    throw new Error("there is no Chromium here. Install one, or set CHROMIUM_PATH to one that starts.");
  const env = path === undefined ? {} : { CHROMIUM_PATH: path };
  return reported(playwrightReport, tool("@playwright/test/cli.js", "test"), env, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/** A test runner with a JSON report. What fails outside of any test is one failure. */
async function reported(file, args, env, count) {
  rmSync(file, { force: true });
  const { code } = await run(process.execPath, args, { env: cleanEnvironment(env) });
  const counts = existsSync(file)
    ? count(JSON.parse(readFileSync(file, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
  return { ...counts, failed: counts.failed || (code === 0 ? 0 : 1) };
}
