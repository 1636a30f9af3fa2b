import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { envKeys } from "./keys/env-keyring";
import type { KekProvider } from "./keys/key-provider";
import { lengthPrefixed } from "./length-prefixed";
import { createOpener } from "./open";
import { createSealer } from "./seal";
import type { Sealed } from "./sealed";
import {
  newCredential,
  newKey,
  refusal,
  rowUnder,
  type Credential,
  type Row,
} from "@/server/testing/sealed-rows";

const [first, second] = [newKey(), newKey()];
const before = envKeys(new Secret(`v1:${first}`));
const keys = envKeys(new Secret(`v1:${first},v2:${second}`));
const opener = createOpener(keys);
const rowOf = (boundTo: Row["boundTo"], under = keys) => rowUnder(under, boundTo);
const expectRefusal = ({ sealed, boundTo }: Row) =>
  expect(opener.open(sealed, boundTo)).rejects.toMatchObject(refusal);

test("any text comes back, and only with the fields that it was sealed for", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 2000 }), async (text) => {
      const boundTo = newCredential();
      const sealed = await createSealer(keys).seal(new Secret(text), boundTo);
      expect((await opener.open(sealed, boundTo)).reveal()).toBe(text);
      await expectRefusal({ sealed, boundTo: newCredential() });
    }),
    { numRuns: 300 },
  );
});

test("sealing the same twice gives nothing in common, and nothing in clear", async () => {
  const boundTo = newCredential();
  const [one, two] = [await rowOf(boundTo), await rowOf(boundTo)];
  expect(one.sealed.tokenCipher).not.toBe(two.sealed.tokenCipher);
  expect(one.sealed.wrappedKey).not.toBe(two.sealed.wrappedKey);
  for (const hidden of ["postgres", Buffer.from("postgres").toString("base64url").slice(0, 8), first, second])
    expect(JSON.stringify(one)).not.toContain(hidden);
  expect(one.sealed).toMatchObject({ kekVersion: "v2", alg: "A256GCM.v1" });
});

test("text that is no text is refused where it would be changed", () => {
  expect(() => lengthPrefixed(["\ud800"])).toThrow();
  expect(lengthPrefixed(["a", "b|c"])).not.toEqual(lengthPrefixed(["a|b", "c"]));
  expect(lengthPrefixed(["ab", ""])).not.toEqual(lengthPrefixed(["", "ab"]));
});

test("every flipped bit, and every shorter column, is refused", async () => {
  const { sealed, boundTo } = await rowOf(newCredential());
  for (const column of ["tokenCipher", "wrappedKey"] as const) {
    const bytes = Buffer.from(sealed[column], "base64url");
    for (const bit of Array(bytes.length * 8).keys()) {
      const flipped = Buffer.from(
        bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
      );
      await expectRefusal({ sealed: { ...sealed, [column]: flipped.toString("base64url") }, boundTo });
    }
    for (const end of Array(sealed[column].length).keys())
      await expectRefusal({ sealed: { ...sealed, [column]: sealed[column].slice(0, end) }, boundTo });
  }
});

test("a column has one spelling", async () => {
  const { sealed, boundTo } = await rowOf({ ...newCredential(), scope: "readonly" });
  for (const column of ["tokenCipher", "wrappedKey"] as const) {
    const text = sealed[column];
    const standard = Buffer.from(text, "base64url").toString("base64");
    const spellings = [
      `${text}=`,
      `${text} `,
      ` ${text}`,
      `${text}\n`,
      `${text}!`,
      `${text.slice(0, 9)}*${text.slice(9)}`,
    ];
    for (const spelling of [...spellings, ...(standard === text ? [] : [standard])])
      await expectRefusal({ sealed: { ...sealed, [column]: spelling }, boundTo });
  }
});

test("a tag of four bytes is refused", async () => {
  const { sealed, boundTo } = await rowOf(newCredential());
  for (const column of ["tokenCipher", "wrappedKey"] as const) {
    const bytes = Buffer.from(sealed[column], "base64url");
    const short = bytes.subarray(0, bytes.length - 12).toString("base64url");
    await expectRefusal({ sealed: { ...sealed, [column]: short }, boundTo });
  }
});

const changedFields: [string, Partial<Credential> | { kind: "cluster" }][] = [
  ...(["id", "organizationId", "environmentId", "databaseId"] as const).map(
    (name): [string, Partial<Credential>] => [name, { [name]: newId() }],
  ),
  ["scope", { scope: "admin" }],
  ["generation", { generation: 2 }],
  ["kind", { kind: "cluster" }],
];

test.each(changedFields)("another %s does not open it", async (_, change) => {
  const { sealed, boundTo } = await rowOf(newCredential());
  await expectRefusal({ sealed, boundTo: Object.assign({}, boundTo, change) });
});

test("a cluster's secret is bound to the cluster, and no credential", async () => {
  const id = newId();
  const { sealed } = await rowOf({ kind: "cluster", id });
  expect((await opener.open(sealed, { kind: "cluster", id })).reveal()).toBe("postgres://u:p@h/d");
  await expectRefusal({ sealed, boundTo: { kind: "cluster", id: newId() } });
  await expectRefusal({ sealed, boundTo: { ...newCredential(), id } });
});

test("a forger who has a key of his own cannot name it", async () => {
  const forger = envKeys(new Secret(`v2:${newKey()}`));
  const { sealed, boundTo } = await rowOf(newCredential(), forger);
  await expectRefusal({ sealed, boundTo });
  const { keyId, version } = await keys.current();
  await expectRefusal({ sealed: { ...sealed, kmsKeyId: keyId, kekVersion: version }, boundTo });
});

test("re-wrapping moves to the current key once, keeps the ciphertext, and opens the same", async () => {
  const { sealed, boundTo } = await rowOf(newCredential(), before);
  const moved = await opener.rewrap(sealed, boundTo);
  expect(moved).toMatchObject({ tokenCipher: sealed.tokenCipher, kekVersion: "v2", alg: sealed.alg });
  for (const one of [sealed, moved ?? sealed])
    expect((await opener.open(one, boundTo)).reveal()).toBe("postgres://u:p@h/d");
  expect(await opener.rewrap(moved ?? sealed, boundTo)).toBeNull();
  await expect(opener.rewrap(sealed, { id: newId() })).rejects.toMatchObject(refusal);
  const other = await rowOf(newCredential(), before);
  const swapped = { ...sealed, wrappedKey: other.sealed.wrappedKey };
  await expect(opener.rewrap(swapped, boundTo)).rejects.toMatchObject(refusal);
  const unknown: Sealed = Object.assign({}, sealed, { alg: "none" });
  await expect(opener.rewrap(unknown, boundTo)).rejects.toMatchObject(refusal);
});

test("the same refusal for every reason, and no secret in it", async () => {
  const { sealed, boundTo } = await rowOf(newCredential());
  const bad = [
    { ...sealed, tokenCipher: "" },
    { ...sealed, wrappedKey: sealed.tokenCipher },
    { ...sealed, kmsKeyId: "__proto__" },
    { ...sealed, kekVersion: "v9" },
    Object.assign({}, sealed, { alg: "A256GCM.v0" }),
  ];
  for (const one of bad) {
    const error: unknown = await opener.open(one, boundTo).catch((caught: unknown) => caught);
    expect(error).toMatchObject(refusal);
    const printed = inspect(error, { depth: 9, showHidden: true });
    for (const hidden of ["postgres", first, second]) expect(printed).not.toContain(hidden);
  }
});

test("what is opened cannot be printed", async () => {
  const { sealed, boundTo } = await rowOf(newCredential());
  const secret = await opener.open(sealed, boundTo);
  for (const printed of [
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
  ])
    expect(printed).not.toContain("postgres");
});

test("the data-encryption key is zeroed on both sides", async () => {
  const seen: Uint8Array[] = [];
  const watched: KekProvider = {
    ...keys,
    wrap: (dek, context) => {
      seen.push(dek);
      return keys.wrap(dek, context);
    },
    unwrap: async (wrapped, context) => {
      const dek = await keys.unwrap(wrapped, context);
      seen.push(dek);
      return dek;
    },
  };
  const boundTo = newCredential();
  const sealed = await createSealer(watched).seal(new Secret("hush"), boundTo);
  await createOpener(watched).open(sealed, boundTo);
  await createOpener(watched)
    .open(sealed, newCredential())
    .catch(() => undefined);
  const old = await createSealer(before).seal(new Secret("hush"), boundTo);
  await createOpener(watched).rewrap(old, boundTo);
  expect(seen).toHaveLength(4);
  for (const dek of seen) expect(Buffer.from(dek)).toEqual(Buffer.alloc(32));
});
