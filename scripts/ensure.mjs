// Runs before anything is installed: built-ins only.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./lifetime.mjs";
import { withLock } from "./lock.mjs";
import { npm, progress, root } from "./node24.mjs";

const installStamp = join(root, "node_modules/.stamp");
const clientsStamp = join(root, "sdk/testing/prisma/postgres/.stamp");
const clientsSources = [
  "package-lock.json",
  "scripts/prisma-clients.mjs",
  "sdk/testing/prisma/postgres.prisma",
  "sdk/testing/prisma/sqlite.prisma",
];
const buildStamp = join(root, ".next/.stamp");
const builtFolders = ["app", "components", "drizzle", "public", "sdk", "server"];
const builtFiles = [
  ".env",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
];

/** Installs the packages of the lock file, and makes what type checking needs of them, unless that is how things are. */
export async function ensureInstalled() {
  const wanted = () =>
    `${hash(["package-lock.json"])} ${process.platform} ${process.arch} ${process.versions.modules}`;
  await ensureStamped(installStamp, wanted, async () => {
    progress("Installing packages.");
    const { code, output } = await npm(["ci", "--include=dev", "--no-audit", "--no-fund"], root);
    if (code !== 0) fail("npm could not install the packages:", output);
  });
  await ensureStamped(
    clientsStamp,
    () => hash(clientsSources),
    async () => {
      const { code, output } = await run(process.execPath, [join(root, "scripts/prisma-clients.mjs")], {
        cwd: root,
        quiet: true,
      });
      if (code !== 0) fail("The Prisma clients of the tests could not be made:", output);
    },
  );
}

/** Builds the console, unless the build is of these very sources. */
export async function ensureBuilt() {
  await ensureStamped(buildStamp, sourceHash, async () => {
    progress("Building the console.");
    rmSync(buildStamp, { force: true });
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const args = [join(root, "node_modules/next/dist/bin/next"), "build"];
    const { code, output } = await run(process.execPath, args, { cwd: root, quiet: true, env });
    if (code !== 0) fail("The console could not be built:", output);
  });
}

async function ensureStamped(stamp, wanted, work) {
  const isStamped = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted();
  if (isStamped()) return;
  mkdirSync(join(root, ".cache"), { recursive: true });
  await withLock(join(root, ".cache/ensure.lock"), async () => {
    if (isStamped()) return;
    // What changes while it runs is not in it, so the stamp is that of the beginning.
    const begun = wanted();
    await work();
    writeFileSync(stamp, begun);
  });
}

function sourceHash() {
  const folders = builtFolders.filter((folder) => existsSync(join(root, folder)));
  const files = builtFiles.filter((file) => existsSync(join(root, file)));
  return hash([...files, ...folders.flatMap(sourcesIn)]);
}

const unbuilt = new Set(["sdk/dist", "sdk/testing", "server/testing"]);

function sourcesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return unbuilt.has(path) ? [] : sourcesIn(path);
    return /\.(test|contract)\.tsx?$/.test(entry.name) ? [] : [path];
  });
}

function hash(files) {
  const sum = createHash("sha256");
  for (const file of files.toSorted())
    sum
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return sum.digest("hex");
}

function fail(sentence, output) {
  process.stderr.write(`${sentence}\n\n${output}\n`);
  process.exit(1);
}
