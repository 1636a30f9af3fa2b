import { expect, test } from "vitest";
import { ids } from "../testing/catalog.data.ts";
import { audience, goodClaims, goodHeader, issuerName, makeKey, signText } from "../testing/tokens.ts";
import { localKeys } from "./remote-keys.ts";
import { VerifiedTokens } from "./verified-tokens.ts";
import { createTokenVerifier } from "./verify-token.ts";

const key = await makeKey("k1");
const keys = { keys: [key.jwk] };
const sign = (claims: Record<string, unknown> = {}) =>
  signText(key.privateKey, JSON.stringify(goodHeader("k1")), JSON.stringify({ ...goodClaims(), ...claims }));

/** A verifier that says how often it had to verify: whether the issuer may name the tenant is asked each time. */
function counting() {
  const asked: string[] = [];
  const barred = new Set<string>();
  const allowsTenant = (tenant: string) => {
    asked.push(tenant);
    return !barred.has(tenant);
  };
  const verifier = createTokenVerifier({ issuers: [{ issuer: issuerName, audience, keys, allowsTenant }] });
  return { asked, barred, verifier };
}

test("a token is verified once and remembered", async () => {
  const { asked, verifier } = counting();
  const token = await sign();
  const first = await verifier.verify(token);
  expect(await verifier.verify(token)).toBe(first);
  expect(asked).toEqual([ids.ann]);
});

test("what is refused is not remembered", async () => {
  const { asked, barred, verifier } = counting();
  barred.add(ids.ann);
  const token = await sign();
  for (let turn = 0; turn < 2; turn++)
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: "unauthenticated" });
  barred.clear();
  expect(await verifier.verify(token)).toMatchObject({ tenant: ids.ann });
  expect(asked).toHaveLength(3);
});

test("a tenant's revocation is effective at once, and for that tenant alone", async () => {
  const { asked, barred, verifier } = counting();
  const [ofAnn, ofBob] = [await sign(), await sign({ tid: ids.bob })];
  await Promise.all([verifier.verify(ofAnn), verifier.verify(ofBob)]);
  barred.add(ids.ann);
  verifier.revoke(ids.ann);
  await expect(verifier.verify(ofAnn)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await verifier.verify(ofBob)).toMatchObject({ tenant: ids.bob });
  expect(asked).toHaveLength(3);
  verifier.revoke(null);
  await verifier.verify(ofBob);
  expect(asked).toHaveLength(4);
});

test("a revocation while a token is being verified is not lost", async () => {
  const { asked, verifier } = counting();
  const token = await sign();
  const underWay = verifier.verify(token);
  verifier.revoke(ids.ann);
  await underWay;
  await verifier.verify(token);
  expect(asked).toHaveLength(2);
});

test("a remembered token ends with its end", async () => {
  const { verifier } = counting();
  const token = await sign({ exp: Math.floor(Date.now() / 1000) - 4 });
  await verifier.verify(token);
  const known = new VerifiedTokens(10, 5);
  const ended = { ...(await verifier.verify(token)), expiresAt: Date.now() / 1000 - 5.1 };
  known.add("x", ended, known.now(localKeys(keys), ids.ann));
  expect(known.find("x")).toBeNull();
  expect(known.size).toBe(0);
});

test("no more are remembered than was said, and no more revocations than can be", async () => {
  const { verifier } = counting();
  const token = await verifier.verify(await sign());
  const known = new VerifiedTokens(100, 5);
  const moment = known.now(localKeys(keys), ids.ann);
  for (let turn = 0; turn < 1_000; turn++) known.add(`${turn}`, token, moment);
  expect(known.size).toBe(100);
  known.revoke(ids.ann);
  for (let turn = 0; turn < 25_000; turn++) known.revoke(`t${turn}`);
  expect(known.find("999")).toBeNull();
  expect(known.find("998")).toBeNull();
});

test("its text is not kept", () => {
  const known = new VerifiedTokens(10, 5);
  expect(known.digest("a.b.c")).toMatch(/^[\w+/]{43}=$/);
});
