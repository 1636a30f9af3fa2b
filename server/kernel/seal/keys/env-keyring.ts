import type { Secret } from "@/server/kernel/secret";
import { keyringKey, keyringProvider, type KeyringKey, type WrapCount } from "./keyring";
import type { KekProvider } from "./key-provider";

/** The keys of `v1:<base64>,v2:<base64>`; null when one is not 32 bytes or a version comes twice. */
export function parseKeyring(keyring: Secret): KeyringKey[] | null {
  const entries = keyring
    .reveal()
    .split(",")
    .map((entry) => entry.trim().split(":"));
  const keys = entries.flatMap(([version = "", key = "", ...rest]) => {
    const parsed = rest.length === 0 ? keyringKey(version, key) : null;
    return parsed ? [parsed] : [];
  });
  const versions = new Set(keys.map(({ version }) => version));
  return versions.size === entries.length ? keys : null;
}

/** Keys from FREEHOLD_KEYRING. Wraps are counted since the process started: there is no place to keep the count. */
export function envKeys(keyring: Secret, count: WrapCount = countInMemory()): KekProvider {
  const keys = parseKeyring(keyring);
  if (!keys) throw new Error("The keyring cannot be read.");
  return keyringProvider("env", () => keys, count);
}

function countInMemory(): WrapCount {
  let total = 0;
  return { add: () => void (total += 1), total: () => total };
}
