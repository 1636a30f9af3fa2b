import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ensurePrivateDirectory } from "@/server/kernel/data-directory";
import { DomainError } from "@/server/kernel/errors";
import { KeysUnavailable } from "@/server/kernel/seal/failure";
import type { KekProvider } from "./key-provider";
import { keyringKey, keyringProvider, type KeyringKey } from "./keyring";
import { countInFiles } from "./wrap-count";

const Keyring = z.strictObject({
  keys: z.array(z.strictObject({ version: z.string(), key: z.string(), check: z.string() })).min(1),
});

const pathIn = (directory: string) => join(directory, "keyring.json");

/** Keys in keyring.json of the data directory. A version that another process adds is seen at the next call. */
export function localFileKeys(directory: string): KekProvider {
  let known: { stats: Stats; keys: KeyringKey[] } | undefined;
  const keys = () => {
    const stats = statSync(pathIn(directory), { throwIfNoEntry: false });
    if (known && stats && isSameFile(known.stats, stats)) return known.keys;
    // The stats come first: when the file is replaced in between, the next call reads again.
    const read = readKeyring(directory);
    if (stats) known = { stats, keys: read };
    return read;
  };
  return keyringProvider("local-file", keys, countInFiles(directory));
}

/**
 * Makes the keyring if there is none. `hasSealed` says whether the registry holds sealed secrets:
 * beside them a missing keyring has to be put back and is never made anew.
 */
export async function mintKeyring(directory: string, hasSealed: () => Promise<boolean>): Promise<void> {
  ensurePrivateDirectory(directory);
  const path = pathIn(directory);
  if (existsSync(path)) return;
  // Looked at in this order: another process that starts now makes its keyring before it seals.
  if ((await hasSealed()) && !existsSync(path)) throw new KeysUnavailable(missing(path));
  const fresh = `${path}.${process.pid}`;
  write(fresh, [newEntry("v1")]);
  try {
    // link() fails when another process was first, and then its keyring is the one.
    linkSync(fresh, path);
    syncDirectory(directory);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Adds a version, which wraps from now on; the others go on opening. Gives its name. */
export function addKeyringVersion(directory: string): string {
  const path = pathIn(directory);
  const lock = `${path}.lock`;
  takeLock(lock);
  try {
    const keys = readKeyring(directory);
    const entry = newEntry(`v${numberOf(keys.at(-1)) + 1}`);
    const fresh = `${path}.new`;
    write(fresh, [...keys.map(entryOf), entry]);
    renameSync(fresh, path);
    syncDirectory(directory);
    return entry.version;
  } finally {
    rmSync(lock);
  }
}

function takeLock(lock: string): void {
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    throw new DomainError("conflict", `Another process changes the keyring. If none does, remove ${lock}.`, {
      cause: error,
    });
  }
}

function readKeyring(directory: string): KeyringKey[] {
  const path = pathIn(directory);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new KeysUnavailable(missing(path));
  if ((stats.mode & 0o077) !== 0)
    throw new KeysUnavailable(`${path} can be read by other users of this machine. Set its mode to 0600.`);
  const user = process.getuid?.() ?? stats.uid;
  if (user !== 0 && user !== stats.uid)
    throw new KeysUnavailable(`${path} belongs to another user. Make the user that runs Freehold its owner.`);
  const keys = parse(readFileSync(path, "utf8"));
  if (!keys) throw new KeysUnavailable(`${path} is damaged. Put it back from a backup.`);
  return keys;
}

function parse(text: string): KeyringKey[] | null {
  const parsed = Keyring.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const keys = parsed.data.keys.flatMap(({ version, key, check }) => {
    const known = keyringKey(version, key);
    return known && known.keyId === `keyring:${check}` ? [known] : [];
  });
  const isWhole = keys.length === parsed.data.keys.length;
  return isWhole && keys.every((key, index) => numberOf(key) > numberOf(keys[index - 1])) ? keys : null;
}

const numberOf = (key: KeyringKey | undefined) => Number(key?.version.slice(1) ?? 0);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function newEntry(version: string) {
  const key = keyringKey(version, randomBytes(32).toString("base64"));
  if (!key) throw new Error("The new key cannot be read back.");
  return entryOf(key);
}

function entryOf({ version, key, keyId }: KeyringKey) {
  return { version, key: key.export().toString("base64"), check: keyId.slice("keyring:".length) };
}

// What a killed process left under this name goes first.
function write(path: string, keys: readonly ReturnType<typeof entryOf>[]): void {
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, "r");
  fsyncSync(handle);
  closeSync(handle);
}

const isSameFile = (a: Stats, b: Stats) => a.ino === b.ino && a.mtimeMs === b.mtimeMs && a.size === b.size;

const missing = (path: string) => `${path} is missing, but it is needed to open stored secrets. Put it back.`;
