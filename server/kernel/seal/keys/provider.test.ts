import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { env } from "@/server/kernel/env";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { createOpener, open, rewrap } from "@/server/kernel/seal/open";
import { createSealer, seal } from "@/server/kernel/seal/seal";
import { envKeys } from "./env-keyring";
import { localFileKeys, mintKeyring } from "./local-file";
import { prepareKeys, together } from "./provider";

const never = () => Promise.resolve(false);

test("this installation's keys are a file in the data directory, once they are prepared", async () => {
  const boundTo = { kind: "cluster", id: newId() } as const;
  await expect(seal(new Secret("hush"), boundTo)).rejects.toMatchObject({ name: "KeysUnavailable" });
  await prepareKeys(never);
  await prepareKeys(never);
  const sealed = await seal(new Secret("hush"), boundTo);
  expect((await open(sealed, boundTo)).reveal()).toBe("hush");
  expect(await rewrap(sealed, boundTo)).toBeNull();
  expect(existsSync(join(env().dataDir, "keyring.json"))).toBe(true);
});

test("secrets move from one provider to the next, and the first may then go", async () => {
  const directory = mkdtempSync(join(tmpdir(), "freehold-keys-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  await mintKeyring(directory, never);
  const [file, next] = [
    localFileKeys(directory),
    envKeys(new Secret(`v1:${randomBytes(32).toString("base64")}`)),
  ];
  const boundTo = { kind: "cluster", id: newId() } as const;
  const sealed = await createSealer(file).seal(new Secret("hush"), boundTo);

  const both = together([file, next]);
  expect((await createOpener(both).open(sealed, boundTo)).reveal()).toBe("hush");
  const moved = await createOpener(both).rewrap(sealed, boundTo);
  expect(moved?.kmsKeyId).toBe((await next.current()).keyId);
  expect(await both.owns(sealed.kmsKeyId)).toBe(true);
  expect(await both.owns("keyring:0")).toBe(false);
  expect((await createOpener(next).open(moved ?? sealed, boundTo)).reveal()).toBe("hush");
  await expect(createOpener(file).open(moved ?? sealed, boundTo)).rejects.toMatchObject({
    code: "precondition",
  });
  await expect(createOpener(both).open({ ...sealed, kmsKeyId: "keyring:0" }, boundTo)).rejects.toMatchObject({
    code: "precondition",
  });
});
