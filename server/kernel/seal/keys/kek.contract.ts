import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { newId } from "@/server/kernel/ids";
import { createOpener } from "@/server/kernel/seal/open";
import { createSealer } from "@/server/kernel/seal/seal";
import { Secret } from "@/server/kernel/secret";
import type { Fault, KeyServiceDouble } from "@/server/testing/kms/double";
import type { KekProvider, WrappedDek } from "./key-provider";
import { rewrapHere } from "./rewrap-here";

/** A key service of a test's own. */
export interface KeyHome {
  /** A provider as a process makes it at its start. */
  provider(options?: { timeoutMs: number }): KekProvider;
  /** Makes new wraps use another key, or another version of it. */
  rotate(): void;
}

export interface RemoteKeyHome extends KeyHome {
  service: KeyServiceDouble;
}

const refs = ["", "v0", "v3", "V1", "1", "3", "-1", "__proto__", "constructor", "keyring:0000000000000000"];
const flipped = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
const rewrapOf = (keys: KekProvider, wrapped: WrappedDek, id: string) =>
  keys.rewrap?.(wrapped, { id }) ?? rewrapHere(keys, keys, wrapped, { id });

/** What every provider of key-encryption keys promises. */
export function testKeyProvider(name: string, make: () => KeyHome | Promise<KeyHome>): void {
  describe(`${name} wraps`, () => wrapping(make));
  describe(`${name} refuses`, () => refusing(make));
  describe(`${name} rotates`, () => rotating(make));
}

function wrapping(make: () => KeyHome | Promise<KeyHome>): void {
  test("a key, and gives it back unharmed, also in another process and again", async () => {
    const home = await make();
    const keys = home.provider();
    const dek = randomBytes(32);
    const before = Buffer.from(dek);
    const wrapped = await keys.wrap(dek, { id: "a" });
    expect(dek).toEqual(before);
    for (const reader of [keys, keys, home.provider()])
      expect(Buffer.from(await reader.unwrap(wrapped, { id: "a" }))).toEqual(before);
  });

  test("under the key that it calls the current one, which it owns", async () => {
    const keys = (await make()).provider();
    const { keyId, version } = await keys.wrap(randomBytes(32), { id: "a" });
    expect(await keys.current()).toEqual({ keyId, version });
    expect(await keys.owns(keyId)).toBe(true);
    for (const foreign of refs) expect(await keys.owns(foreign)).toBe(false);
  });

  test("the same key differently each time, and never in clear", async () => {
    const keys = (await make()).provider();
    const dek = randomBytes(32);
    const wraps = await Promise.all(Array.from({ length: 20 }, () => keys.wrap(dek, { id: "a" })));
    const texts = wraps.map(({ bytes }) => Buffer.from(bytes).toString("hex"));
    expect(new Set(texts).size).toBe(20);
    expect(texts.filter((text) => text.includes(dek.toString("hex")))).toEqual([]);
  });

  test("fifty keys at once, each its own", async () => {
    const keys = (await make()).provider();
    const deks = Array.from({ length: 50 }, () => randomBytes(32));
    const wraps = await Promise.all(deks.map((dek, at) => keys.wrap(dek, { id: String(at) })));
    const back = await Promise.all(wraps.map((wrapped, at) => keys.unwrap(wrapped, { id: String(at) })));
    expect(back.map((dek) => Buffer.from(dek))).toEqual(deks);
  });

  test("and says that it is well", async () => {
    const keys = (await make()).provider();
    expect(await keys.health()).toMatchObject({ ...(await keys.current()), warning: null });
  });
}

function refusing(make: () => KeyHome | Promise<KeyHome>): void {
  async function wrappedOnce() {
    const home = await make();
    const keys = home.provider();
    const dek = randomBytes(32);
    return { home, keys, dek, wrapped: await keys.wrap(dek, { id: "a" }) };
  }
  const expectRefusal = (promise: Promise<unknown>) =>
    expect(promise).rejects.not.toMatchObject({ name: "KeysUnavailable" });

  test("a wrap of another id, from next door", async () => {
    const { keys, wrapped } = await wrappedOnce();
    for (const id of ["b", "A", "aa", "a ", "__proto__"]) await expectRefusal(keys.unwrap(wrapped, { id }));
    const other = await keys.wrap(randomBytes(32), { id: "b" });
    await expectRefusal(keys.unwrap({ ...wrapped, bytes: other.bytes }, { id: "a" }));
  });

  test("a flipped bit in every byte and every length but the right one", async () => {
    const { keys, wrapped } = await wrappedOnce();
    for (const at of wrapped.bytes.keys())
      await expectRefusal(
        keys.unwrap({ ...wrapped, bytes: flipped(wrapped.bytes, at * 8 + (at % 8)) }, { id: "a" }),
      );
    const lengths = [...Array(wrapped.bytes.length).keys()].map((end) => wrapped.bytes.subarray(0, end));
    const longer = Buffer.concat([wrapped.bytes, Buffer.alloc(1)]);
    for (const bytes of [...lengths, longer, Buffer.alloc(70_000)])
      await expectRefusal(keys.unwrap({ ...wrapped, bytes }, { id: "a" }));
  });

  test("a wrap under another key id or version than it names", async () => {
    const { keys, wrapped } = await wrappedOnce();
    for (const ref of [...refs, `${wrapped.keyId}x`, wrapped.keyId.slice(0, -1), wrapped.version])
      await expectRefusal(keys.unwrap({ ...wrapped, keyId: ref }, { id: "a" }));
    for (const ref of [...refs, wrapped.keyId].filter((version) => version !== wrapped.version))
      await expectRefusal(keys.unwrap({ ...wrapped, version: ref }, { id: "a" }));
  });

  test("a wrap of another installation", async () => {
    const { wrapped } = await wrappedOnce();
    const stranger = (await make()).provider();
    await expectRefusal(stranger.unwrap(wrapped, { id: "a" }));
    await expectRefusal(rewrapOf(stranger, wrapped, "a"));
  });

  test("without telling the key that it saw", async () => {
    const { keys, dek, wrapped } = await wrappedOnce();
    const bad = { ...wrapped, bytes: flipped(wrapped.bytes, wrapped.bytes.length * 8 - 1) };
    const error: unknown = await keys.unwrap(bad, { id: "a" }).catch((caught: unknown) => caught);
    const printed = inspect(error, { depth: 9, showHidden: true });
    for (const encoding of ["hex", "base64", "base64url"] as const)
      expect(printed).not.toContain(dek.toString(encoding));
  });
}

function rotating(make: () => KeyHome | Promise<KeyHome>): void {
  async function rotated() {
    const home = await make();
    const running = home.provider();
    const old = await running.wrap(Buffer.alloc(32, 1), { id: "a" });
    home.rotate();
    const started = home.provider();
    return { running, started, old, fresh: await started.wrap(Buffer.alloc(32, 2), { id: "a" }) };
  }

  test("so that new wraps differ in key or version, and both can be read by old and new processes", async () => {
    const { running, started, old, fresh } = await rotated();
    expect([fresh.keyId, fresh.version]).not.toEqual([old.keyId, old.version]);
    for (const keys of [running, started]) {
      expect(Buffer.from(await keys.unwrap(old, { id: "a" }))).toEqual(Buffer.alloc(32, 1));
      expect(Buffer.from(await keys.unwrap(fresh, { id: "a" }))).toEqual(Buffer.alloc(32, 2));
    }
  });

  test("and refuses the old wrap under the new key's name, and the other way round", async () => {
    const { started, old, fresh } = await rotated();
    const mixes = [
      { ...old, keyId: fresh.keyId, version: fresh.version },
      { ...fresh, keyId: old.keyId, version: old.version },
      { ...old, bytes: fresh.bytes },
      { ...fresh, bytes: old.bytes },
    ];
    for (const mix of mixes) await expect(started.unwrap(mix, { id: "a" })).rejects.toThrow();
  });

  test("and re-wraps to the current key, again too, but not for another id", async () => {
    const { started, old, fresh } = await rotated();
    const first = await rewrapOf(started, old, "a");
    const second = await rewrapOf(started, first, "a");
    for (const wrapped of [first, second]) {
      expect(wrapped).toMatchObject({ keyId: fresh.keyId, version: fresh.version });
      expect(Buffer.from(await started.unwrap(wrapped, { id: "a" }))).toEqual(Buffer.alloc(32, 1));
    }
    await expect(rewrapOf(started, old, "b")).rejects.toThrow();
    await expect(rewrapOf(started, { ...old, bytes: flipped(old.bytes, 3) }, "a")).rejects.toThrow();
  });
}

const lasting: Fault[] = ["error", "throttle", "lost", "garbage", "hang", "stall"];

/** What a provider promises when its service does not. */
export function testKeyServiceFaults(name: string, make: () => Promise<RemoteKeyHome>): void {
  const unavailable = { name: "KeysUnavailable" };

  describe(`${name} survives`, () => {
    test.each(lasting)("a service in the fault %s, and works when it is over", async (fault) => {
      const home = await make();
      const wrapped = await home.provider().wrap(Buffer.alloc(32, 1), { id: "a" });
      const [warm, cold] = [home.provider({ timeoutMs: 1500 }), home.provider({ timeoutMs: 1500 })];
      const isWell = (keys: KekProvider) =>
        vi.waitFor(async () => expect(await keys.health()).toMatchObject({ warning: null }), 20_000);
      await isWell(warm);
      home.service.always(fault);
      const calls = [warm, cold].flatMap((keys) => [
        keys.wrap(Buffer.alloc(32, 1), { id: "a" }),
        keys.unwrap(wrapped, { id: "a" }),
        keys.health(),
      ]);
      for (const call of await Promise.allSettled(calls)) expect(call).toMatchObject({ reason: unavailable });
      home.service.always(null);
      await isWell(warm);
      await isWell(cold);
      expect(Buffer.from(await home.provider().unwrap(wrapped, { id: "a" }))).toEqual(Buffer.alloc(32, 1));
      await vi.waitFor(() => expect(home.service.hanging()).toBe(0));
    });

    test("being told once to slow down", async () => {
      const home = await make();
      const keys = home.provider();
      const wrapped = await keys.wrap(Buffer.alloc(32, 1), { id: "a" });
      home.service.next("throttle");
      const before = home.service.requests();
      expect(Buffer.from(await keys.unwrap(wrapped, { id: "a" }))).toEqual(Buffer.alloc(32, 1));
      expect(home.service.requests() - before).toBe(2);
    });

    test("being told so always, with no more than one retry", async () => {
      const home = await make();
      const keys = home.provider();
      const wrapped = await keys.wrap(Buffer.alloc(32, 1), { id: "a" });
      home.service.always("throttle");
      const before = home.service.requests();
      await expect(keys.unwrap(wrapped, { id: "a" })).rejects.toMatchObject(unavailable);
      expect(home.service.requests() - before).toBe(2);
    });

    test("an answer that was lost after the work was done", async () => {
      const home = await make();
      const keys = home.provider();
      await keys.current();
      home.service.next("lost");
      const wrap = () => keys.wrap(Buffer.alloc(32, 1), { id: "a" });
      const wrapped = await wrap().catch(wrap);
      expect(Buffer.from(await keys.unwrap(wrapped, { id: "a" }))).toEqual(Buffer.alloc(32, 1));
    });

    test("a key of the wrong length in the answer, without using it", async () => {
      const home = await make();
      const keys = home.provider();
      const boundTo = { kind: "cluster", id: newId() } as const;
      const sealed = await createSealer(keys).seal(new Secret("hush"), boundTo);
      const short = Buffer.alloc(16, 1);
      home.service.alter((body) => shortened(body, short.toString("base64")));
      await expect(createOpener(keys).open(sealed, boundTo)).rejects.toThrow();
    });

    test("a secret whose key service is away: that is no verdict about the secret", async () => {
      const home = await make();
      const keys = home.provider();
      const boundTo = { kind: "cluster", id: newId() } as const;
      const sealed = await createSealer(keys).seal(new Secret("hush"), boundTo);
      home.service.always("error");
      onTestFinished(() => home.service.always(null));
      const opener = createOpener(keys);
      await expect(opener.open(sealed, boundTo)).rejects.toMatchObject(unavailable);
      await expect(createSealer(home.provider()).seal(new Secret("hush"), boundTo)).rejects.toMatchObject(
        unavailable,
      );
    });
  });
}

/** Puts another plaintext into an answer, wherever the service has it. */
function shortened(body: Record<string, unknown>, text: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (name.toLowerCase() === "plaintext") return [name, text];
      return [name, name === "data" ? shortened(Object(value), text) : value];
    }),
  );
}
