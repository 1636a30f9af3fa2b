import { chmodSync, mkdirSync, statSync } from "node:fs";

/**
 * Makes the directory if needed and holds it to its owner alone (mode 0700).
 * Throws when others can read it and that cannot be changed.
 */
export function ensurePrivateDirectory(path: string): void {
  mkdirSync(path, { recursive: true });
  const { mode } = statSync(path);
  if ((mode & 0o077) === 0) return;
  chmodSync(path, 0o700);
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new Error(`${path} can be read by other users of this machine. Set its mode to 0700.`);
  }
}
