import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, lchownSync, lstatSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensurePrivateDirectory } from "@/server/kernel/data-directory";
import { logger } from "@/server/kernel/logger";

/** Whom Postgres runs as when this process is root, which Postgres refuses to be. */
export interface Owner {
  uid: number;
  gid: number;
}

/** Where one embedded Postgres lives. */
export interface Place {
  root: string;
  data: string;
  /** Null when the path is longer than the name of a socket may be. */
  socket: string | null;
  /** A FIFO that every process which uses the server holds open; see holders. */
  holders: string;
  /** Null: runs as this process does. */
  owner: Owner | null;
}

const nobody: Owner = { uid: 65534, gid: 65534 };
const shared = "/var/lib/freehold";
const longestSocketPath = 103;

/**
 * The place for a data directory, private to whom Postgres runs as: in `home` when one is given.
 * For root it is never in the data directory, which nobody else can enter. Throws a sentence when
 * it is somebody else's or cannot be reached.
 */
export function preparePlace(dataDir: string, home?: string): Place {
  ensurePrivateDirectory(dataDir);
  const owner = process.getuid?.() === 0 ? nobody : null;
  const root = rootOf(realpathSync.native(dataDir), owner, home);
  makePrivate(root, owner);
  const socket = join(root, "socket");
  const fits = Buffer.byteLength(join(socket, ".s.PGSQL.65535")) <= longestSocketPath;
  if (fits) makePrivate(socket, owner);
  const holders = join(root, "holders");
  makeFifo(holders);
  return { root, data: join(root, "data"), socket: fits ? socket : null, holders, owner };
}

function rootOf(dataDir: string, owner: Owner | null, home: string | undefined): string {
  const inside = join(dataDir, "postgres");
  if (owner && hasData(inside))
    throw new Error(`${inside} was made by another user. Start Freehold as that user.`);
  const name = `postgres-${createHash("sha256").update(dataDir).digest("hex").slice(0, 8)}`;
  if (home === undefined) return owner ? join(directoryOfRoot(), name) : inside;
  const root = join(openHome(home, owner), name);
  const before = owner ? join(shared, name) : inside;
  // An empty server would start beside the one that has the tenants.
  if (hasData(before) && !hasData(root))
    throw new Error(`The files of this Postgres are in ${before}. Move that folder to ${root}.`);
  return root;
}

const hasData = (root: string) => existsSync(join(root, "data"));

function openHome(home: string, owner: Owner | null): string {
  mkdirSync(home, { recursive: true, mode: 0o711 });
  if (owner && !isPassable(home))
    throw new Error(
      `Root's Postgres runs as nobody, who cannot pass through ${home}: let others pass (chmod o+x) or choose another FREEHOLD_POSTGRES_HOME.`,
    );
  return realpathSync.native(home);
}

/** Whether everyone may pass through a directory and all above it. */
function isPassable(directory: string): boolean {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (!(statSync(folder).mode & 0o001)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A directory that others may pass through. In the temp folder only where there is no better one. */
export function directoryOfRoot(): string {
  try {
    mkdirSync(shared, { recursive: true });
    chmodSync(shared, 0o711);
    return shared;
  } catch (error) {
    logger.warn({ err: error }, `${shared} cannot be made: Postgres keeps its data in the temp folder`);
    const fallback = join(tmpdir(), "freehold");
    mkdirSync(fallback, { recursive: true });
    if (lstatSync(fallback).uid !== 0) throw new Error(`${fallback} belongs to another user. Remove it.`);
    chmodSync(fallback, 0o711);
    return fallback;
  }
}

function makePrivate(path: string, owner: Owner | null): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  const expected = owner?.uid ?? process.getuid?.();
  const isOurs = found.uid === expected || found.uid === process.getuid?.();
  if (!found.isDirectory() || !isOurs)
    throw new Error(`${path} belongs to another user. Start Freehold as that user, or move it away.`);
  if (owner && found.uid !== expected) lchownSync(path, owner.uid, owner.gid);
  if ((found.mode & 0o777) !== 0o700) chmodSync(path, 0o700);
}

function makeFifo(path: string): void {
  if (existsSync(path)) return;
  const made = spawnSync("mkfifo", ["-m", "600", path], { encoding: "utf8" });
  if (!existsSync(path)) throw new Error(`${path} cannot be made: ${made.stderr || String(made.error)}`);
}
