import { randomInt } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { encrypt } from "./encrypt";
import { envKeys } from "./keys/env-keyring";
import { createOpener } from "./open";
import type { SealedFor } from "./sealed";
import { newCredential, newKey, refusal, rowUnder, type Row } from "@/server/testing/sealed-rows";

const first = newKey();
const before = envKeys(new Secret(`v1:${first}`));
const keys = envKeys(new Secret(`v1:${first},v2:${newKey()}`));
const opener = createOpener(keys);

const texts = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString("base64url")),
  fc.constantFrom("__proto__", "constructor", "v0", "v1", "v2", "v3", "none", "readonly", "admin", ""),
);
const columns = ["tokenCipher", "wrappedKey", "kmsKeyId", "kekVersion", "alg"] as const;
const fields = ["id", "organizationId", "environmentId", "databaseId", "scope", "generation"] as const;

const tampering = fc.oneof(
  fc.record({
    kind: fc.constant("flip"),
    column: fc.constantFrom("tokenCipher", "wrappedKey"),
    bits: fc.array(fc.nat(4000), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant("cut"),
    column: fc.constantFrom("tokenCipher", "wrappedKey"),
    from: fc.nat(200),
    to: fc.nat(200),
  }),
  fc.record({ kind: fc.constant("replace"), column: fc.constantFrom(...columns), text: texts }),
  fc.record({
    kind: fc.constant("swap"),
    taken: fc.subarray([...columns], { minLength: 1 }),
    other: fc.nat(5),
  }),
  fc.record({ kind: fc.constant("rebind"), field: fc.constantFrom(...fields), text: texts }),
  fc.record({ kind: fc.constant("move"), other: fc.nat(5), whole: fc.boolean() }),
  fc.record({ kind: fc.constant("forge"), text: texts }),
);
type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

function tamper(row: Row, rows: readonly Row[], how: Tampering): Row {
  const { sealed, boundTo } = row;
  const other = "other" in how ? (rows[how.other % rows.length] ?? row) : row;
  if ("bits" in how) {
    const bytes = Buffer.from(sealed[how.column], "base64url");
    for (const bit of how.bits) {
      const at = (bit >> 3) % bytes.length;
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit & 7)), at);
    }
    return { sealed: { ...sealed, [how.column]: bytes.toString("base64url") }, boundTo };
  }
  if ("from" in how) {
    const text = sealed[how.column];
    return { sealed: { ...sealed, [how.column]: text.slice(0, how.from) + text.slice(how.to) }, boundTo };
  }
  if ("taken" in how) {
    const taken = Object.fromEntries(how.taken.map((column) => [column, other.sealed[column]]));
    return { sealed: { ...sealed, ...taken }, boundTo };
  }
  if ("field" in how) {
    const value = how.field === "generation" ? how.text.length + 2 : how.text;
    return { sealed, boundTo: Object.assign({}, boundTo, { [how.field]: value }) };
  }
  if ("whole" in how)
    return how.whole ? { sealed: other.sealed, boundTo } : { sealed, boundTo: other.boundTo };
  if ("column" in how) return { sealed: Object.assign({}, sealed, { [how.column]: how.text }), boundTo };
  const forged = encrypt(Buffer.alloc(32), Buffer.from(how.text), Buffer.alloc(0)).toString("base64url");
  return { sealed: { ...sealed, tokenCipher: forged, wrappedKey: forged }, boundTo };
}

test("of twenty thousand tamperings and swaps none is accepted", async () => {
  const shared = newCredential();
  const rows = await Promise.all([
    rowUnder(before, shared),
    rowUnder(keys, shared),
    rowUnder(keys, { ...shared, generation: 2 }),
    rowUnder(before, { ...newCredential(), organizationId: shared.organizationId }),
    rowUnder(keys, { kind: "cluster", id: newId() }),
    rowUnder(before, { kind: "cluster", id: shared.id }),
  ]);
  const original = new Set(rows.map((row) => JSON.stringify(row)));
  const tried: Record<string, number> = {};
  const seed = randomInt(2 ** 31);
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(5), tampering, async (at, how) => {
      const row = rows[at] ?? rows[0];
      const changed = tamper(row, rows, how);
      // A change may hit another row exactly, and a cluster has no scope to change.
      fc.pre(!original.has(JSON.stringify(changed)) && !isWithin(row.boundTo, how));
      tried[how.kind] = (tried[how.kind] ?? 0) + 1;
      const outcome: unknown = await opener
        .open(changed.sealed, changed.boundTo)
        .catch((error: unknown) => error);
      if (outcome instanceof Secret) accepted += 1;
      expect(outcome).toMatchObject(refusal);
    }),
    { numRuns: 20_000, seed, maxSkipsPerRun: 20 },
  );
  process.stdout.write(`Tampering: seed ${seed}, tried ${JSON.stringify(tried)}, accepted ${accepted}.\n`);
  expect(accepted).toBe(0);
});

const isWithin = (boundTo: SealedFor, how: Tampering) => "field" in how && !(how.field in boundTo);
