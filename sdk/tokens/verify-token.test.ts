import { createHmac } from "node:crypto";
import { exportSPKI, generateKeyPair } from "jose";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ids } from "../testing/catalog.data.ts";
import {
  audience,
  base64url,
  goodClaims,
  goodHeader,
  issuerName,
  makeKey,
  signText,
} from "../testing/tokens.ts";
import { forgeries, textsOf } from "./forgeries.data.ts";
import { createTokenVerifier, type TokenIssuer, type TokenVerifierOptions } from "./verify-token.ts";

const key = await makeKey("k1");
const accepted: TokenIssuer = { issuer: issuerName, audience, keys: { keys: [key.jwk] } };
const verifierOf = (options: Partial<TokenVerifierOptions> = {}) =>
  createTokenVerifier({ issuers: [accepted], requireClaim: true, ...options });
const sign = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) =>
  signText(
    key.privateKey,
    JSON.stringify({ ...goodHeader("k1"), ...header }),
    JSON.stringify({ ...goodClaims(), ...claims }),
  );

const refused = { code: "unauthenticated", message: "A valid token is required." };
let good: string;
beforeAll(async () => {
  good = await sign();
});

describe("a token is taken", () => {
  test("with its issuer, subject, audience, tenant and key", async () => {
    expect(await verifierOf().verify(good)).toMatchObject({
      issuer: issuerName,
      subject: "user:u1",
      audience: [audience],
      tenant: ids.ann,
      keyId: "k1",
    });
  });

  test.each([
    ["4 s after its end", { exp: Math.floor(Date.now() / 1000) - 2 }, {}],
    ["with several audiences, this one among them", { aud: ["a", audience] }, {}],
    ["with a fingerprint of a certificate beside its key", {}, { x5t: "abc" }],
    ["with its type written as a media type", {}, { typ: "application/AT+JWT" }],
    ["with colons, quotes and braces in its claims", { x: { 'a":{': ['"', "\\", ":", {}] } }, {}],
  ])("%s", async (_what, claims, header) => {
    expect(await verifierOf().verify(await sign(claims, header))).toMatchObject({ tenant: ids.ann });
  });

  test("without the tenant's claim where it is not required", async () => {
    const { tenant } = await verifierOf({ requireClaim: false }).verify(await sign({ tid: undefined }));
    expect(tenant).toBeUndefined();
  });

  test("with the claim that another system uses", async () => {
    const token = await sign({ "https://acme.test/tenant": "ann" });
    const { tenant } = await verifierOf({ claim: "https://acme.test/tenant" }).verify(token);
    expect(tenant).toBe("ann");
  });

  test("no longer than its age allows, whatever end it names", async () => {
    const { expiresAt } = await verifierOf().verify(await sign({ exp: 99_999_999_999 }));
    expect(expiresAt).toBeLessThanOrEqual(Math.floor(Date.now() / 1000) + 3_600);
  });
});

describe("a token is refused, always with the same answer", () => {
  test.each(forgeries.map((forgery) => [forgery.what, forgery] as const))(
    "with %s",
    async (_what, forgery) => {
      const { header, claims } = textsOf(forgery);
      const token = await signText(key.privateKey, header, claims);
      await expect(verifierOf().verify(token)).rejects.toMatchObject(refused);
    },
  );

  test.each([
    ["empty", () => ""],
    ["one word", () => "x"],
    ["two parts", () => good.split(".").slice(0, 2).join(".")],
    ["four parts", () => `${good}.x`],
    ["five parts, as if it were encrypted", () => `${good}.x.y`],
    ["no signature", () => `${good.split(".").slice(0, 2).join(".")}.`],
    ["a signature of zeros", () => `${good.split(".").slice(0, 2).join(".")}.${"A".repeat(86)}`],
    ["space around it", () => ` ${good} `],
    ["a line break in it", () => good.replace(".", ".\n")],
    ["padding", () => good.replace(".", "=.")],
    ["the other base64", () => good.replaceAll("-", "+").replaceAll("_", "/").replace(".", "/.")],
    ["its claims exchanged", () => withClaims(good, { ...goodClaims(), tid: ids.bob })],
  ])("%s", async (_what, spoil) => {
    await expect(verifierOf().verify(spoil())).rejects.toMatchObject(refused);
  });

  test("signed by another key of the same id", async () => {
    const other = await makeKey("k1");
    const token = await signText(
      other.privateKey,
      JSON.stringify(goodHeader("k1")),
      JSON.stringify(goodClaims()),
    );
    await expect(verifierOf().verify(token)).rejects.toMatchObject(refused);
  });

  test("signed with the public key as if it were a secret", async () => {
    const input = `${base64url(JSON.stringify({ ...goodHeader("k1"), alg: "HS256" }))}.${base64url(JSON.stringify(goodClaims()))}`;
    const mac = createHmac("sha256", await exportSPKI(key.publicKey))
      .update(input)
      .digest("base64url");
    await expect(verifierOf().verify(`${input}.${mac}`)).rejects.toMatchObject(refused);
  });

  test("when any of its characters is another", async () => {
    const verifier = verifierOf();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 2),
        fc.constantFrom("a", "Z", "0", "9", "-", "_", ".", "=", "~", " "),
        async (at, character) => {
          fc.pre(good[at] !== character);
          const spoiled = good.slice(0, at) + character + good.slice(at + 1);
          await expect(verifier.verify(spoiled)).rejects.toMatchObject(refused);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("several issuers", () => {
  const other = { issuer: "https://other.test", audience } as const;

  test("each says which tenants it may name, and is held to it", async () => {
    const second = await makeKey("k1");
    const verifier = createTokenVerifier({
      issuers: [
        { ...accepted, allowsTenant: (tenant) => tenant === ids.ann },
        {
          ...other,
          keys: { keys: [second.jwk] },
          allowsTenant: (tenant) => Promise.resolve(tenant === ids.bob),
        },
      ],
    });
    const signSecond = (tid: unknown) =>
      signText(
        second.privateKey,
        JSON.stringify(goodHeader("k1")),
        JSON.stringify({ ...goodClaims(), iss: other.issuer, tid }),
      );
    expect((await verifier.verify(good)).tenant).toBe(ids.ann);
    expect((await verifier.verify(await signSecond(ids.bob))).tenant).toBe(ids.bob);
    for (const token of [
      await signSecond(ids.ann),
      await signSecond([ids.bob]),
      await sign({ tid: ids.bob }),
    ])
      await expect(verifier.verify(token)).rejects.toMatchObject(refused);
    const crossed = withClaims(good, { ...goodClaims(), iss: other.issuer, tid: ids.bob });
    await expect(verifier.verify(crossed)).rejects.toMatchObject(refused);
  });

  test("without that, or twice the same, are a mistake at the start", () => {
    const second: TokenIssuer = { ...other, keys: { keys: [] } };
    expect(() => createTokenVerifier({ issuers: [accepted, second] })).toThrow(/allowsTenant/);
    expect(() => createTokenVerifier({ issuers: [accepted, accepted] })).toThrow(/twice/);
  });
});

test.each([
  ["a shared secret's algorithm", { algorithms: JSON.parse('["HS256"]') }],
  ["no algorithm", { algorithms: [] }],
  ["no audience", { audience: [] }],
  ["an empty audience", { audience: "" }],
])("an issuer with %s is a mistake at the start", (_what, wrong) => {
  expect(() => createTokenVerifier({ issuers: [{ ...accepted, ...wrong }] })).toThrow(TypeError);
});

test("other algorithms of public keys are taken when they are listed", async () => {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const { exportJWK, SignJWT } = await import("jose");
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: "e1" }] };
  const token = await new SignJWT(goodClaims())
    .setProtectedHeader({ alg: "ES256", kid: "e1", typ: "at+jwt" })
    .sign(privateKey);
  const issuer: TokenIssuer = { ...accepted, keys };
  const listed = createTokenVerifier({ issuers: [{ ...issuer, algorithms: ["ES256"] }] });
  expect((await listed.verify(token)).tenant).toBe(ids.ann);
  await expect(createTokenVerifier({ issuers: [issuer] }).verify(token)).rejects.toMatchObject(refused);
});

function withClaims(token: string, claims: Record<string, unknown>): string {
  const [header, , signature] = token.split(".");
  return `${header}.${base64url(JSON.stringify(claims))}.${signature}`;
}
