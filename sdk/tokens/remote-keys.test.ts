import { afterEach, expect, test } from "vitest";
import { ids } from "../testing/catalog.data.ts";
import {
  audience,
  goodClaims,
  goodHeader,
  issuerName,
  makeKey,
  openKeyServer,
  signText,
} from "../testing/tokens.ts";
import { RemoteKeys } from "./remote-keys.ts";
import { createTokenVerifier, type TokenVerifierOptions } from "./verify-token.ts";

const [first, second] = [await makeKey("k1"), await makeKey("k2")];
type Key = typeof first;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function publish(...keys: Key[]) {
  const answer = { status: 200, body: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) };
  const server = await openKeyServer(answer);
  open.push(server);
  const replace = (...next: Key[]) => {
    answer.body = JSON.stringify({ keys: next.map(({ jwk }) => jwk) });
  };
  return { ...server, answer, replace };
}

const verifierOf = (keys: URL, options: Partial<TokenVerifierOptions> = {}) =>
  createTokenVerifier({ issuers: [{ issuer: issuerName, audience, keys }], ...options });
const sign = ({ kid, privateKey }: Key) =>
  signText(
    privateKey,
    JSON.stringify(goodHeader(kid)),
    JSON.stringify({ ...goodClaims(), jti: crypto.randomUUID() }),
  );

test("keys are fetched once, for all who wait", async () => {
  const issuer = await publish(first);
  const verifier = verifierOf(issuer.url);
  const tokens = await Promise.all(Array.from({ length: 50 }, () => sign(first)));
  await Promise.all(tokens.map((token) => verifier.verify(token)));
  expect(issuer.asked()).toBe(1);
});

test("made-up key ids lead to no fetch in the cooldown", async () => {
  const issuer = await publish(first);
  const verifier = verifierOf(issuer.url);
  await verifier.verify(await sign(first));
  const token = await sign(second);
  const attempts = Array.from({ length: 200 }, () => verifier.verify(token));
  expect((await Promise.allSettled(attempts)).every(({ status }) => status === "rejected")).toBe(true);
  expect(issuer.asked()).toBe(1);
});

test("a new key is found after the cooldown", async () => {
  const issuer = await publish(first);
  const verifier = verifierOf(issuer.url, { keysCooldownSeconds: 0.05 });
  await verifier.verify(await sign(first));
  issuer.replace(first, second);
  const token = await sign(second);
  await expect.poll(() => verifier.verify(token).catch(() => null)).toMatchObject({ keyId: "k2" });
});

test("a key that is withdrawn takes the tokens along that it had verified", async () => {
  const issuer = await publish(first, second);
  const verifier = verifierOf(issuer.url, { keysFreshSeconds: 0.05, keysCooldownSeconds: 0.01 });
  const token = await sign(first);
  await verifier.verify(token);
  issuer.replace(second);
  await expect
    .poll(() => verifier.verify(token).catch((error: unknown) => error))
    .toMatchObject({ code: "unauthenticated" });
});

test("known keys outlive an outage of the issuer for the stated time and no longer", async () => {
  const issuer = await publish(first);
  const times = { keysFreshSeconds: 0.02, keysOutageSeconds: 2, keysCooldownSeconds: 0.01 };
  const verifier = verifierOf(issuer.url, times);
  const token = await sign(first);
  await verifier.verify(token);
  issuer.answer.status = 500;
  const tried = async () => {
    expect(await verifier.verify(token)).toMatchObject({ tenant: ids.ann });
    return issuer.asked();
  };
  await expect.poll(tried).toBeGreaterThan(1);
  expect(await verifier.verify(await sign(first))).toMatchObject({ tenant: ids.ann });
  await expect
    .poll(() => verifier.verify(token).catch((error: unknown) => error), { timeout: 5_000 })
    .toMatchObject({ code: "unavailable" });
  issuer.answer.status = 200;
  await expect.poll(() => verifier.verify(token).catch(() => null)).toMatchObject({ tenant: ids.ann });
});

test.each([
  ["a redirect", { status: 302, body: "" }],
  ["a failure", { status: 500, body: "" }],
  ["no JSON", { status: 200, body: "<html>" }],
  ["no set", { status: 200, body: "[]" }],
  [
    "a set of 101 keys",
    { status: 200, body: JSON.stringify({ keys: Array.from({ length: 101 }, () => first.jwk) }) },
  ],
  [
    "more than 64 KB",
    { status: 200, body: JSON.stringify({ keys: [first.jwk], padding: "x".repeat(70_000) }) },
  ],
])("an issuer that answers with %s verifies nothing", async (_what, answer) => {
  const server = await openKeyServer(answer);
  open.push(server);
  await expect(verifierOf(server.url).verify(await sign(first))).rejects.toMatchObject({
    code: "unavailable",
  });
});

test("an issuer that is away is asked at most once a second", async () => {
  const server = await openKeyServer({ status: 500, body: "" });
  open.push(server);
  const keys = new RemoteKeys(server.url, { freshSeconds: 60, outageSeconds: 60, cooldownSeconds: 30 });
  const started = performance.now();
  for (let turn = 0; turn < 20; turn++)
    await expect(keys.find({ alg: "EdDSA", kid: "k1" })).rejects.toMatchObject({ code: "unavailable" });
  expect(server.asked()).toBeLessThanOrEqual(1 + (performance.now() - started) / 1000);
});

test("keys that are broken, private or there twice verify nothing, and the others still do", async () => {
  const { d } = await crypto.subtle.exportKey("jwk", second.privateKey);
  const jwks = [first.jwk, { ...second.jwk, d }, { ...first.jwk, kid: "k3", x: "AA" }];
  const answer = {
    status: 200,
    body: JSON.stringify({ keys: [...jwks, { ...first.jwk, kid: "k4" }, { ...first.jwk, kid: "k4" }] }),
  };
  const server = await openKeyServer(answer);
  open.push(server);
  const keys = new RemoteKeys(server.url, { freshSeconds: 60, outageSeconds: 60, cooldownSeconds: 30 });
  const found = await Promise.all(["k1", "k2", "k3", "k4"].map((kid) => keys.find({ alg: "EdDSA", kid })));
  expect(found.map((key) => key !== null)).toEqual([true, false, false, false]);
});
