import { execFile } from "node:child_process";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { testKeyProvider } from "./kek.contract";
import { addKeyringVersion, localFileKeys, mintKeyring } from "./local-file";

const never = () => Promise.resolve(false);

function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "freehold-keyring-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function minted() {
  const directory = scratchDirectory();
  await mintKeyring(directory, never);
  return { directory, path: join(directory, "keyring.json"), keys: localFileKeys(directory) };
}

testKeyProvider("local-file", async () => {
  const { directory } = await minted();
  return { provider: () => localFileKeys(directory), rotate: () => void addKeyringVersion(directory) };
});

test("the keyring is made once, for its owner alone", async () => {
  const { directory, path } = await minted();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const before = readFileSync(path, "utf8");
  await mintKeyring(directory, never);
  expect(readFileSync(path, "utf8")).toBe(before);
  expect(readdirSync(directory)).toEqual(["keyring.json"]);
});

test("it is never made anew beside sealed secrets", async () => {
  const directory = scratchDirectory();
  await expect(mintKeyring(directory, () => Promise.resolve(true))).rejects.toThrow(/Put it back/);
  expect(readdirSync(directory)).toEqual([]);
});

test("a keyring that another process makes while we look at the registry is taken", async () => {
  const directory = scratchDirectory();
  await mintKeyring(directory, async () => {
    await mintKeyring(directory, never);
    return true;
  });
  await expect(localFileKeys(directory).health()).resolves.toBeDefined();
});

test("of processes that start at once one makes the keyring, and all have the same", async () => {
  const directory = scratchDirectory();
  const child = join(import.meta.dirname, "mint-child.ts");
  const run = promisify(execFile);
  const outputs = await Promise.all(
    Array.from({ length: 4 }, () =>
      run(process.execPath, ["--import", "./scripts/typescript.mjs", child, directory]),
    ),
  );
  const keys = localFileKeys(directory);
  for (const { stdout } of outputs) {
    const { bytes, ...ref } = JSON.parse(stdout);
    const dek = await keys.unwrap({ ...ref, bytes: Buffer.from(bytes, "hex") }, { id: "child" });
    expect(Buffer.from(dek)).toEqual(Buffer.alloc(32, 3));
  }
});

test("versions count up, whatever was left behind by a process that died", async () => {
  const { directory, path } = await minted();
  writeFileSync(`${path}.new`, "half a key");
  expect([addKeyringVersion(directory), addKeyringVersion(directory)]).toEqual(["v2", "v3"]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("two processes cannot add a version at once", async () => {
  const { directory, path } = await minted();
  writeFileSync(`${path}.lock`, "1\n");
  expect(() => addKeyringVersion(directory)).toThrow(/remove .*keyring\.json\.lock/);
  rmSync(`${path}.lock`);
  expect(addKeyringVersion(directory)).toBe("v2");
});

test("a version that was taken out of the keyring opens no more, the others do", async () => {
  const { directory, path, keys } = await minted();
  const old = await keys.wrap(Buffer.alloc(32), { id: "a" });
  addKeyringVersion(directory);
  const fresh = await keys.wrap(Buffer.alloc(32), { id: "a" });
  const keyring = JSON.parse(readFileSync(path, "utf8"));
  writeFileSync(path, JSON.stringify({ keys: keyring.keys.slice(1) }));
  await expect(keys.unwrap(old, { id: "a" })).rejects.toThrow(/does not hold/);
  await expect(keys.unwrap(fresh, { id: "a" })).resolves.toBeDefined();
  expect(addKeyringVersion(directory)).toBe("v3");
});

const damages: [string, (text: string) => string][] = [
  ["empty", () => ""],
  ["cut off", (text) => text.slice(0, -10)],
  ["no JSON", () => "v1"],
  ["without keys", () => '{"keys":[]}'],
  [
    "with a changed key",
    (text) => text.replace(/"key": "(.)/, (_, first) => `"key": "${first === "A" ? "B" : "A"}`),
  ],
  [
    "with a changed check",
    (text) => text.replace(/"check": "(.)/, (_, first) => `"check": "${first === "0" ? "1" : "0"}`),
  ],
  ["with a short key", (text) => text.replace(/"key": "..../, '"key": "')],
  ["with a version twice", (text) => JSON.stringify({ keys: [1, 2].map(() => JSON.parse(text).keys[0]) })],
  ["with a foreign field", (text) => text.replace('"keys"', '"more": 1, "keys"')],
];

test.each(damages)("a keyring that is %s is refused, not used", async (_, damage) => {
  const { path, keys } = await minted();
  const text = readFileSync(path, "utf8");
  writeFileSync(path, damage(text));
  const error: unknown = await keys.current().catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    name: "KeysUnavailable",
    message: `${path} is damaged. Put it back from a backup.`,
  });
});

test("a keyring that others can read is refused", async () => {
  const { path, keys } = await minted();
  chmodSync(path, 0o640);
  await expect(keys.current()).rejects.toThrow(/0600/);
});

test("a keyring that goes missing is asked for, also by a running process", async () => {
  const { path, keys } = await minted();
  await keys.current();
  rmSync(path);
  await expect(keys.wrap(Buffer.alloc(32), { id: "a" })).rejects.toThrow(/Put it back/);
});

test("wraps are counted across processes, and half way to the limit there is a warning", async () => {
  const { directory, keys } = await minted();
  await keys.wrap(Buffer.alloc(32), { id: "a" });
  await keys.wrap(Buffer.alloc(32), { id: "a" });
  expect(await keys.health()).toMatchObject({ wraps: 4096, warning: null });
  expect(await localFileKeys(directory).health()).toMatchObject({ wraps: 8192 });

  truncateSync(join(directory, "keyring.v1.wraps"), 2 ** 31 / 4096);
  expect(await keys.health()).toMatchObject({
    wraps: 2 ** 31,
    warning: expect.stringMatching(/v1 .* re-wrap/),
  });
  addKeyringVersion(directory);
  expect(await keys.health()).toMatchObject({ version: "v2", wraps: 4096, warning: null });
});
