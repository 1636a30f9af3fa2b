import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./lifetime.mjs";
import { progress, root } from "./node24.mjs";

const downloadMs = 300_000;
const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Finds a Chromium that starts, or installs one. Gives its path, or undefined for
 * Playwright's own, which needs none; null when there is none to be had.
 */
export async function ensureBrowser() {
  const given = process.env.CHROMIUM_PATH;
  if (given) return (await starts(given)) ? given : null;
  if (await starts(undefined)) return undefined;
  const found = await firstThatStarts(installed);
  if (found) return found;
  if (await download()) return undefined;
  return (await installFromSystem()) ? firstThatStarts(installed) : null;
}

async function firstThatStarts(paths) {
  for (const path of paths) {
    if (existsSync(path) && (await starts(path))) return path;
  }
  return null;
}

async function starts(executablePath) {
  const { chromium } = await import("@playwright/test");
  try {
    const browser = await chromium.launch({
      executablePath,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

async function download() {
  progress("Getting Chromium for the browser tests, once.");
  const cli = join(root, "node_modules/@playwright/test/cli.js");
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" };
  const options = { cwd: root, quiet: true, timeoutMs: downloadMs, env };
  const { code } = await run(process.execPath, [cli, "install", "--only-shell", "chromium"], options);
  return code === 0 && (await starts(undefined));
}

async function installFromSystem() {
  if (process.getuid?.() !== 0 || !isDebian()) return false;
  const options = {
    quiet: true,
    timeoutMs: downloadMs,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  const updated = await run("apt-get", ["update"], options);
  const installing = ["install", "-y", "--no-install-recommends", "chromium"];
  return updated.code === 0 && (await run("apt-get", installing, options)).code === 0;
}

function isDebian() {
  return (
    existsSync("/etc/os-release") &&
    /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"))
  );
}
