import { z } from "zod";
import { Secret } from "./secret";
import { parseKeyring } from "./seal/keys/env-keyring";

/** Where key-encryption keys are, with what is needed to reach them. */
export type KeySource =
  | { kind: "file" }
  | { kind: "env"; keyring: Secret }
  | { kind: "aws-kms"; keys: string[] }
  | { kind: "gcp-kms"; keys: string[] }
  | { kind: "vault-transit"; address: string; token: Secret; keys: string[] };

const kinds = ["file", "env", "aws-kms", "gcp-kms", "vault-transit"] as const;
type Kind = (typeof kinds)[number];

const list = <Item extends string>(item: z.ZodType<Item, string>) =>
  z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(item));

const matching = (pattern: RegExp, sentence: string) => list(z.string().regex(pattern, sentence)).optional();

export const keySettings = {
  FREEHOLD_KEY_PROVIDER: list(
    z.enum(kinds, `FREEHOLD_KEY_PROVIDER must be one of ${kinds.join(", ")}.`),
  ).optional(),
  FREEHOLD_KEYRING: z
    .string()
    .refine(
      (text) => parseKeyring(new Secret(text)) !== null,
      "FREEHOLD_KEYRING must be v1:<key>,v2:<key> and so on, each key 32 bytes in base64.",
    )
    .optional(),
  FREEHOLD_AWS_KMS_KEY: matching(
    /^[\w:/-]+$/,
    "FREEHOLD_AWS_KMS_KEY must be the id, ARN or alias of a key, or several separated by commas.",
  ),
  FREEHOLD_GCP_KMS_KEY: matching(
    /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
    "FREEHOLD_GCP_KMS_KEY must be projects/…/locations/…/keyRings/…/cryptoKeys/…, or several separated by commas.",
  ),
  FREEHOLD_VAULT_ADDR: z
    .url({
      protocol: /^https?$/,
      error: "FREEHOLD_VAULT_ADDR must be an http or https address, such as https://vault.example.com:8200.",
    })
    .optional(),
  FREEHOLD_VAULT_TOKEN: z.string().optional(),
  FREEHOLD_VAULT_KEY: matching(
    /^(?:\w[\w.-]*\/)*\w[\w.-]*$/,
    "FREEHOLD_VAULT_KEY must be the name of a transit key, with its mount when that is not transit.",
  ),
};

type Values = z.infer<z.ZodObject<typeof keySettings>>;

const needs: Record<Kind, readonly (keyof Values)[]> = {
  file: [],
  env: ["FREEHOLD_KEYRING"],
  "aws-kms": ["FREEHOLD_AWS_KMS_KEY"],
  "gcp-kms": ["FREEHOLD_GCP_KMS_KEY"],
  "vault-transit": ["FREEHOLD_VAULT_ADDR", "FREEHOLD_VAULT_TOKEN", "FREEHOLD_VAULT_KEY"],
};

/** The key sources, the one that wraps last, or every mistake as a sentence. */
export function keySourcesOf(values: Values): { sources: KeySource[]; mistakes: string[] } {
  const wanted = values.FREEHOLD_KEY_PROVIDER ?? [values.FREEHOLD_KEYRING === undefined ? "file" : "env"];
  const missing = wanted.flatMap((kind) =>
    needs[kind]
      .filter((name) => values[name] === undefined)
      .map((name) => `The key provider ${kind} needs ${name}.`),
  );
  const isIdle = values.FREEHOLD_KEYRING !== undefined && !wanted.includes("env");
  const idle = "FREEHOLD_KEYRING is set, but FREEHOLD_KEY_PROVIDER does not name env.";
  return {
    sources: wanted.map((kind) => sourceOf(kind, values)),
    mistakes: [...missing, ...(isIdle ? [idle] : [])],
  };
}

function sourceOf(kind: Kind, values: Values): KeySource {
  switch (kind) {
    case "file":
      return { kind };
    case "env":
      return { kind, keyring: new Secret(values.FREEHOLD_KEYRING ?? "") };
    case "aws-kms":
      return { kind, keys: values.FREEHOLD_AWS_KMS_KEY ?? [] };
    case "gcp-kms":
      return { kind, keys: values.FREEHOLD_GCP_KMS_KEY ?? [] };
    case "vault-transit":
      return {
        kind,
        address: values.FREEHOLD_VAULT_ADDR ?? "",
        token: new Secret(values.FREEHOLD_VAULT_TOKEN ?? ""),
        keys: values.FREEHOLD_VAULT_KEY ?? [],
      };
  }
}
