import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { readEnv } from "./env";

const key = randomBytes(32).toString("base64");
const gcpKey = "projects/p/locations/l/keyRings/r/cryptoKeys/k";
const vault = {
  FREEHOLD_VAULT_ADDR: "https://vault.example.com:8200",
  FREEHOLD_VAULT_TOKEN: "hvs.token",
  FREEHOLD_VAULT_KEY: "freehold",
};

const good: [string, Record<string, string>, string[]][] = [
  ["nothing", {}, ["file"]],
  ["a keyring", { FREEHOLD_KEYRING: `v1:${key}` }, ["env"]],
  ["AWS", { FREEHOLD_KEY_PROVIDER: "aws-kms", FREEHOLD_AWS_KMS_KEY: "alias/freehold" }, ["aws-kms"]],
  ["Cloud KMS", { FREEHOLD_KEY_PROVIDER: "gcp-kms", FREEHOLD_GCP_KMS_KEY: gcpKey }, ["gcp-kms"]],
  ["Vault", { FREEHOLD_KEY_PROVIDER: "vault-transit", ...vault }, ["vault-transit"]],
  [
    "a move from the file to Vault",
    { FREEHOLD_KEY_PROVIDER: "file, vault-transit", ...vault },
    ["file", "vault-transit"],
  ],
];

test.each(good)("%s is enough to know where the keys are", (_, settings, kinds) => {
  expect(readEnv(settings).keySources.map(({ kind }) => kind)).toEqual(kinds);
});

test("several keys are several, the last one current", () => {
  const settings = { FREEHOLD_KEY_PROVIDER: "aws-kms", FREEHOLD_AWS_KMS_KEY: "alias/old, alias/new" };
  expect(readEnv(settings).keySources).toEqual([{ kind: "aws-kms", keys: ["alias/old", "alias/new"] }]);
});

const bad: [string, Record<string, string>, string][] = [
  [
    "an unknown provider",
    { FREEHOLD_KEY_PROVIDER: "hsm" },
    "FREEHOLD_KEY_PROVIDER must be one of file, env, aws-kms, gcp-kms, vault-transit.",
  ],
  [
    "a name of every object",
    { FREEHOLD_KEY_PROVIDER: "constructor" },
    "FREEHOLD_KEY_PROVIDER must be one of file, env, aws-kms, gcp-kms, vault-transit.",
  ],
  ["no keyring", { FREEHOLD_KEY_PROVIDER: "env" }, "The key provider env needs FREEHOLD_KEYRING."],
  [
    "a short key",
    { FREEHOLD_KEYRING: "v1:c2hvcnQ=" },
    "FREEHOLD_KEYRING must be v1:<key>,v2:<key> and so on, each key 32 bytes in base64.",
  ],
  [
    "a keyring that is not used",
    { FREEHOLD_KEYRING: `v1:${key}`, FREEHOLD_KEY_PROVIDER: "file" },
    "FREEHOLD_KEYRING is set, but FREEHOLD_KEY_PROVIDER does not name env.",
  ],
  [
    "no AWS key",
    { FREEHOLD_KEY_PROVIDER: "aws-kms" },
    "The key provider aws-kms needs FREEHOLD_AWS_KMS_KEY.",
  ],
  [
    "a Cloud KMS key without its path",
    { FREEHOLD_KEY_PROVIDER: "gcp-kms", FREEHOLD_GCP_KMS_KEY: "k" },
    "FREEHOLD_GCP_KMS_KEY must be projects/…/locations/…/keyRings/…/cryptoKeys/…, or several separated by commas.",
  ],
  [
    "nothing of Vault",
    { FREEHOLD_KEY_PROVIDER: "vault-transit" },
    Object.keys(vault)
      .map((name) => `The key provider vault-transit needs ${name}.`)
      .join("\n"),
  ],
  [
    "a Vault address that is none",
    { FREEHOLD_KEY_PROVIDER: "vault-transit", ...vault, FREEHOLD_VAULT_ADDR: "file:///etc" },
    "FREEHOLD_VAULT_ADDR must be an http or https address, such as https://vault.example.com:8200.",
  ],
  ...["../sys/seal", "a/../b", "", " ", "a b", "a?b", "a/", "a//b", "/a"].map(
    (name): [string, Record<string, string>, string] => [
      `a Vault key like ${JSON.stringify(name)}`,
      { FREEHOLD_KEY_PROVIDER: "vault-transit", ...vault, FREEHOLD_VAULT_KEY: name },
      name === ""
        ? "The key provider vault-transit needs FREEHOLD_VAULT_KEY."
        : "FREEHOLD_VAULT_KEY must be the name of a transit key, with its mount when that is not transit.",
    ],
  ),
];

test.each(bad)("%s is a mistake with a sentence", (_, settings, sentence) => {
  expect(() => readEnv(settings)).toThrow(new Error(sentence));
});

test("keys and tokens cannot be printed", () => {
  const settings = { FREEHOLD_KEY_PROVIDER: "env,vault-transit", FREEHOLD_KEYRING: `v1:${key}`, ...vault };
  const printed =
    inspect(readEnv(settings), { depth: 9, showHidden: true }) + JSON.stringify(readEnv(settings));
  for (const hidden of [key, vault.FREEHOLD_VAULT_TOKEN]) expect(printed).not.toContain(hidden);
});

test("a mistake in a keyring does not print it", () => {
  let printed = "";
  try {
    readEnv({ FREEHOLD_KEYRING: `v1:${key},v1:${key}` });
  } catch (error) {
    printed = inspect(error, { depth: 9, showHidden: true });
  }
  expect(printed).toContain("FREEHOLD_KEYRING must be");
  expect(printed).not.toContain(key);
});
