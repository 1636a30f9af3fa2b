import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePrivateDirectory } from "./data-directory";
import { env } from "./env";
import { Secret } from "./secret";
import { singleton } from "./singleton";

/**
 * The secret that every other key is derived from: FREEHOLD_SECRET, or a file in the
 * data directory that is written once. It is never made anew beside an existing
 * database, because sessions, invitations and the audit chain depend on it.
 */
export function masterSecret(): Secret {
  return singleton("master-secret", () => env().secret ?? secretFromFile(env().dataDir, env().databaseUrl));
}

export function secretFromFile(directory: string, databaseUrl: string): Secret {
  ensurePrivateDirectory(directory);
  const path = join(directory, "secret");
  if (!existsSync(path)) mint(path, databaseUrl);
  const value = readFileSync(path, "utf8").trim();
  if (value.length < 32) throw new Error(`${path} is damaged: it must hold at least 32 characters.`);
  return new Secret(value);
}

function mint(path: string, databaseUrl: string): void {
  if (!databaseUrl.startsWith("file:")) {
    throw new Error("Set FREEHOLD_SECRET: instances that share a remote control plane need the same secret.");
  }
  // Looked at in this order: another process that starts now makes its secret before its database.
  if (existsSync(databaseUrl.slice("file:".length)) && !existsSync(path)) {
    throw new Error(
      `${path} is missing, but its database exists. Put the secret back, or set FREEHOLD_SECRET.`,
    );
  }
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flush: true });
  try {
    // link() fails when another process was first, and then its secret is the one.
    linkSync(fresh, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** A 32-byte key for one purpose, derived from the master secret (HKDF-SHA-256). */
export function deriveKey(purpose: string): Buffer {
  return singleton(`key.${purpose}`, () =>
    Buffer.from(hkdfSync("sha256", masterSecret().reveal(), "freehold", purpose, 32)),
  );
}
