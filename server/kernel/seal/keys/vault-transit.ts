import { z } from "zod";
import type { Secret } from "@/server/kernel/secret";
import { ask } from "./ask";
import { dekAad, type KekProvider, type KeyRef } from "./key-provider";
import { answerWithinMs, currentForMs, healthOf, serviceError } from "./key-service";
import { remember } from "./remember";

export interface VaultTransitOptions {
  /** Such as https://vault.example.com:8200. */
  address: string;
  token: Secret;
  /** Names of keys, with their mount when it is not `transit`: `team/transit/freehold`. The last one wraps, all of them open. */
  keys: readonly string[];
  timeoutMs?: number;
}

const prefix = "vault-transit:";

const Key = z.object({ latest_version: z.int().min(1) });
const Encrypted = z.object({ ciphertext: z.string() });
const Decrypted = z.object({ plaintext: z.base64() });

/**
 * The transit engine of HashiCorp Vault and OpenBao. There is no `rewrap`: transit/rewrap takes
 * no associated data, so it cannot open a wrap that is bound to an id.
 */
export function vaultTransit(options: VaultTransitOptions): KekProvider {
  const keyIds = options.keys.map((key) => `${prefix}${key.includes("/") ? key : `transit/${key}`}`);
  const pathOf = (verb: string, keyId: string) => {
    const key = keyId.slice(prefix.length);
    const name = key.lastIndexOf("/");
    return `${key.slice(0, name)}/${verb}${key.slice(name)}`;
  };
  const current = remember(currentForMs, async () => {
    const keyId = keyIds.at(-1) ?? "";
    const { latest_version: latest } = await askVault(options, pathOf("keys", keyId), { data: Key });
    return { keyId, version: String(latest) };
  });
  const wrap: KekProvider["wrap"] = async (dek, context) => {
    const key = await current();
    const body = {
      plaintext: Buffer.from(dek).toString("base64"),
      associated_data: dekAad(key, context).toString("base64"),
      key_version: Number(key.version),
    };
    const { ciphertext } = await askVault(options, pathOf("encrypt", key.keyId), { data: Encrypted, body });
    return { ...key, bytes: bytesOf(ciphertext, key) };
  };
  const unwrap: KekProvider["unwrap"] = async (wrapped, context) => {
    if (!keyIds.includes(wrapped.keyId)) throw new Error("vault-transit may not use this key.");
    if (!/^[1-9]\d*$/.test(wrapped.version)) throw new Error("The key version is no number.");
    const body = {
      ciphertext: `${formOf(wrapped)}${Buffer.from(wrapped.bytes).toString("base64")}`,
      associated_data: dekAad(wrapped, context).toString("base64"),
    };
    const { plaintext } = await askVault(options, pathOf("decrypt", wrapped.keyId), {
      data: Decrypted,
      body,
    });
    return Buffer.from(plaintext, "base64");
  };
  const owns: KekProvider["owns"] = async (keyId) => keyIds.includes(keyId);
  return { id: "vault-transit", current, owns, wrap, unwrap, health: () => healthOf({ wrap, unwrap }) };
}

const formOf = ({ version }: KeyRef) => `vault:v${version}:`;

function bytesOf(ciphertext: string, key: KeyRef): Buffer {
  if (!ciphertext.startsWith(formOf(key)))
    throw serviceError("vault-transit encrypt", "another version answered", false);
  return Buffer.from(ciphertext.slice(formOf(key).length), "base64");
}

/** The `data` of Vault's answer. */
async function askVault<T>(
  { address, token, timeoutMs = answerWithinMs }: VaultTransitOptions,
  path: string,
  { data, body }: { data: z.ZodType<T>; body?: unknown },
): Promise<T> {
  const answer = await ask({
    call: `vault-transit ${path}`,
    url: new URL(`/v1/${path}`, address),
    headers: async () => new Headers({ "X-Vault-Token": token.reveal(), "X-Vault-Request": "true" }),
    body,
    answer: z.object({ data }),
    // A sealed Vault, a refused token and a missing key have other numbers.
    isVerdict: (status) => status === 400,
    timeoutMs,
  });
  return answer.data;
}
