import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "@/server/kernel/secret";
import { envKeys, parseKeyring } from "./env-keyring";
import { testKeyProvider } from "./kek.contract";

const newKey = () => randomBytes(32).toString("base64");

testKeyProvider("env", () => {
  const keys = [newKey(), newKey()];
  let versions = 1;
  const text = () =>
    keys
      .slice(0, versions)
      .map((key, at) => `v${at + 1}:${key}`)
      .join(",");
  // A process has the environment that it was started with, so readers get the new version first.
  const reader = `v2:${keys[1]},v1:${keys[0]}`;
  return {
    provider: () => envKeys(new Secret(versions === 1 ? reader : text())),
    rotate: () => void (versions = 2),
  };
});

const key = newKey();
const bad = [
  "",
  ",",
  "v1",
  "v1:",
  key,
  `v0:${key}`,
  `1:${key}`,
  `v1:${key.slice(4)}`,
  `v1:${key}AAAA`,
  `v1:${key.slice(0, -1)}`,
  `v1:${key}:x`,
  `v1:${key},`,
  `v1:${key},v1:${newKey()}`,
  `v1:${key.slice(0, -2)}!=`,
  `__proto__:${key}`,
];

test.each(bad)("a keyring like %j is no keyring", (text) => {
  expect(parseKeyring(new Secret(text))).toBeNull();
});

test("spaces around keys do no harm", () => {
  expect(parseKeyring(new Secret(` v1:${key} , v2:${newKey()}\n`))).toHaveLength(2);
});

test("the last key is the current one, and the id comes from the key", async () => {
  const next = newKey();
  const [one, two] = [envKeys(new Secret(`v1:${key},v2:${next}`)), envKeys(new Secret(`v2:${next}`))];
  expect(await one.current()).toEqual(await two.current());
  expect(await one.current()).toMatchObject({ version: "v2" });
});

test("too many wraps are warned of", async () => {
  let total = 2 ** 31 - 1;
  const keys = envKeys(new Secret(`v1:${key}`), { add: () => void (total += 1), total: () => total });
  expect(await keys.health()).toMatchObject({ wraps: 2 ** 31, warning: expect.stringMatching(/re-wrap/) });
  expect(await envKeys(new Secret(`v1:${key}`)).health()).toMatchObject({ wraps: 1, warning: null });
});

test("it cannot be printed", () => {
  expect(inspect(envKeys(new Secret(`v1:${key}`)), { depth: 9, showHidden: true })).not.toContain(key);
});
