import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import { encrypt, ivLength, tagLength } from "@/server/kernel/seal/encrypt";
import { decrypt } from "./decrypt";
import { dekAad, dekLength, isSameKey, type KekProvider, type KeyContext, type KeyRef } from "./key-provider";

export interface KeyringKey extends KeyRef {
  key: KeyObject;
}

export interface WrapCount {
  add(ref: KeyRef): void;
  total(ref: KeyRef): number;
}

const kekLength = 32;
const wrappedLength = ivLength + dekLength + tagLength;
// Random IVs of 96 bits stay apart up to 2^32 encryptions under one key; half of that leaves time.
const wrapsToWarnAt = 2 ** 31;

/**
 * A key of a keyring, its text in base64. The id is made from the key itself (a key check
 * value), so a row tells which key it needs and another key of the same version is not tried.
 * Returns null when the version or the key is not what it has to be.
 */
export function keyringKey(version: string, text: string): KeyringKey | null {
  const bytes = Buffer.from(text, "base64");
  if (!/^v[1-9]\d{0,8}$/.test(version)) return null;
  if (bytes.length !== kekLength || bytes.toString("base64") !== text) return null;
  const key = createSecretKey(bytes);
  const check = createHmac("sha256", key).update("kcv").digest("hex").slice(0, 16);
  return { keyId: `keyring:${check}`, version, key };
}

/** Keys in this process. `keys` gives them as they are now, the current one last. */
export function keyringProvider(
  id: "local-file" | "env",
  keys: () => readonly KeyringKey[],
  count: WrapCount,
): KekProvider {
  const currentKey = () => {
    const key = keys().at(-1);
    if (!key) throw new Error("The keyring is empty.");
    return key;
  };
  const wrap = (dek: Uint8Array, context: KeyContext) => {
    const { key, keyId, version } = currentKey();
    if (dek.length !== dekLength) throw new Error("The data-encryption key has the wrong length.");
    count.add({ keyId, version });
    return { keyId, version, bytes: encrypt(key, dek, dekAad({ keyId, version }, context)) };
  };
  const unwrap: KekProvider["unwrap"] = async (wrapped, context) => {
    const key = keys().find((one) => isSameKey(one, wrapped));
    if (!key) throw new Error("The keyring does not hold this key.");
    if (wrapped.bytes.length !== wrappedLength) throw new Error("The wrapped key has the wrong length.");
    return decrypt(key.key, wrapped.bytes, dekAad(wrapped, context));
  };
  return {
    id,
    current: async () => {
      const { keyId, version } = currentKey();
      return { keyId, version };
    },
    owns: async (keyId) => keys().some((key) => key.keyId === keyId),
    wrap: async (dek, context) => wrap(dek, context),
    unwrap,
    health: async () => {
      const context = { id: "health" };
      const wrapped = wrap(Buffer.alloc(dekLength), context);
      await unwrap(wrapped, context);
      const wraps = count.total(wrapped);
      const { keyId, version } = wrapped;
      return { keyId, version, wraps, warning: wraps >= wrapsToWarnAt ? tooMany(version) : null };
    },
  };
}

const tooMany = (version: string) =>
  `The key ${version} has wrapped 2^31 times or more. Add a version to the keyring and re-wrap.`;
