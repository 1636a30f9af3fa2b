import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { Secret } from "@/server/kernel/secret";
import { awsKmsDouble } from "@/server/testing/kms/aws-kms";
import { gcpKmsDouble } from "@/server/testing/kms/gcp-kms";
import { vaultTransitDouble } from "@/server/testing/kms/vault-transit";
import { awsKms } from "./aws-kms";
import { crc32c } from "./crc32c";
import { gcpKms } from "./gcp-kms";
import { testKeyProvider, testKeyServiceFaults, type RemoteKeyHome } from "./kek.contract";
import type { KekProvider } from "./key-provider";
import { loadPackage } from "./load-package";
import { vaultTransit } from "./vault-transit";

// Long enough for a busy machine: where time matters a test sets its own.
const timeoutMs = 30_000;

const awsOptions = (port: number) => ({
  endpoint: `http://127.0.0.1:${port}`,
  region: "eu-central-1",
  credentials: { accessKeyId: "double", secretAccessKey: "double-secret" },
});

async function aws() {
  const double = await awsKmsDouble();
  onTestFinished(double.service.close);
  const [first, second] = [double.newKey(), double.newKey()];
  const alias = "alias/freehold";
  double.setAlias(alias, first);
  const provider = (options = {}) =>
    awsKms({ keys: [first, second, alias], config: awsOptions(double.service.port), timeoutMs, ...options });
  return { ...double, provider, rotate: () => double.setAlias(alias, second) };
}

async function gcp() {
  const double = await gcpKmsDouble();
  const { service, credentials, newKey } = double;
  onTestFinished(service.close);
  const directory = mkdtempSync(join(tmpdir(), "freehold-google-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const [subject, file] = [join(directory, "subject"), join(directory, "credentials.json")];
  writeFileSync(subject, "subject");
  writeFileSync(file, JSON.stringify(credentials(subject)));
  process.env.GOOGLE_APPLICATION_CREDENTIALS = file;
  onTestFinished(() => void delete process.env.GOOGLE_APPLICATION_CREDENTIALS);
  const { name, rotate } = newKey();
  const endpoint = `http://127.0.0.1:${service.port}`;
  return {
    service,
    rotate,
    provider: (options = {}) => gcpKms({ keys: [name], endpoint, timeoutMs, ...options }),
  };
}

async function vault() {
  const double = await vaultTransitDouble();
  const { service, key, token } = double;
  onTestFinished(service.close);
  const address = `http://127.0.0.1:${service.port}`;
  const provider = (options = {}) =>
    vaultTransit({ address, token: new Secret(token), keys: [key], timeoutMs, ...options });
  return { ...double, provider };
}

const homes: [string, () => Promise<RemoteKeyHome>][] = [
  ["aws-kms", aws],
  ["gcp-kms", gcp],
  ["vault-transit", vault],
];

for (const [name, make] of homes) {
  testKeyProvider(name, make);
  testKeyServiceFaults(name, make);
}

test("AWS is told ids alone", async () => {
  const { contexts, provider } = await aws();
  const { keyId } = await provider().wrap(Buffer.alloc(32, 9), { id: "credential-1" });
  expect(contexts).toEqual([{ purpose: "dek.v1", keyId, version: "1", id: "credential-1" }]);
});

test("AWS re-wraps without showing the key to this process", async () => {
  const { provider, rotate, service } = await aws();
  const wrapped = await provider().wrap(Buffer.alloc(32, 9), { id: "a" });
  rotate();
  const seen: string[] = [];
  service.alter((body) => {
    seen.push(...Object.keys(body));
    return body;
  });
  await provider().rewrap?.(wrapped, { id: "a" });
  expect(seen).not.toContain("Plaintext");
  expect(seen).toContain("SourceKeyId");
});

const damages: Record<string, (body: Record<string, unknown>) => Record<string, unknown>> = {
  "a checksum that does not fit": (body) => ({ ...body, ciphertextCrc32c: "1", plaintextCrc32c: "1" }),
  "no checksum": ({ ciphertextCrc32c: _, plaintextCrc32c: __, ...body }) => body,
  "a request that arrived damaged": (body) => ({
    ...body,
    verifiedPlaintextCrc32c: false,
    plaintextCrc32c: "1",
  }),
  "the name of another version": (body) => ({ ...body, name: `${String(body.name)}0`, plaintextCrc32c: "1" }),
};

test.each(Object.entries(damages))("Cloud KMS is not believed when it answers with %s", async (_, damage) => {
  const { provider, service } = await gcp();
  const keys = provider();
  const wrapped = await keys.wrap(Buffer.alloc(32, 9), { id: "a" });
  service.alter(damage);
  const unavailable = { name: "KeysUnavailable" };
  await expect(keys.wrap(Buffer.alloc(32, 9), { id: "a" })).rejects.toMatchObject(unavailable);
  await expect(keys.unwrap(wrapped, { id: "a" })).rejects.toMatchObject(unavailable);
});

test("the checksum is CRC-32C", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
});

test("Vault's token goes nowhere else, and its refusal is no verdict about a secret", async () => {
  const { provider, service, token, key } = await vault();
  const other = await vault();
  const wrapped = await provider().wrap(Buffer.alloc(32, 9), { id: "a" });
  const address = `http://127.0.0.1:${service.port}`;
  const stranger = vaultTransit({ address, token: new Secret(other.token), keys: [key] });
  const error: unknown = await stranger.unwrap(wrapped, { id: "a" }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "KeysUnavailable", message: expect.stringContaining("status 403") });
  for (const printed of [inspect(error, { depth: 9, showHidden: true }), inspect(provider(), { depth: 9 })])
    for (const hidden of [token, other.token]) expect(printed).not.toContain(hidden);
});

test("a service that nobody answers for is unavailable", async () => {
  process.env.GOOGLE_APPLICATION_CREDENTIALS = "/nowhere";
  onTestFinished(() => void delete process.env.GOOGLE_APPLICATION_CREDENTIALS);
  const nowhere: KekProvider[] = [
    awsKms({ keys: ["alias/x"], config: awsOptions(1) }),
    gcpKms({ keys: ["projects/p/locations/l/keyRings/r/cryptoKeys/k"], endpoint: "http://127.0.0.1:1" }),
    vaultTransit({ address: "http://127.0.0.1:1", token: new Secret("t"), keys: ["k"] }),
  ];
  for (const keys of nowhere) await expect(keys.health()).rejects.toMatchObject({ name: "KeysUnavailable" });
});

test("a package that is not installed is named", async () => {
  const absent = "@freehold/absent";
  await expect(loadPackage("aws-kms", absent, () => import(/* @vite-ignore */ absent))).rejects.toThrow(
    "The key provider aws-kms needs a package: run npm install @freehold/absent.",
  );
});
