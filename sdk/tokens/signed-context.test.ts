import { base64url, CompactSign, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { body, contextWorld, expected, outgoing, refused, subject } from "../testing/context-world.ts";
import { tenantA } from "../testing/message-world.ts";
import { digestOf, emptyDigest } from "./body-digest.ts";
import { contextType } from "./claims.ts";
import { createContextSigner } from "./signed-context.ts";
import type { ExpectedContext } from "./verify-context.ts";

test("a context arrives as it was signed", async () => {
  const { signer, verify } = contextWorld();
  expect(await verify(await signer.sign({ tenant: tenantA, subject }, outgoing), expected())).toEqual({
    issuer: "students",
    audience: "assessments",
    tenant: tenantA,
    subject,
    method: "POST",
    path: "/grades?term=1",
    bodyDigest: digestOf(body),
    expiresAt: expect.any(Number),
  });
});

test("a context without a subject has none", async () => {
  const { signer, verify } = contextWorld();
  const token = await signer.sign({ tenant: tenantA, subject: null }, outgoing);
  expect(await verify(token, expected())).toMatchObject({ subject: null });
});

describe("a context is refused", () => {
  test.each<[string, Partial<ExpectedContext>]>([
    ["for another method", { method: "PUT" }],
    ["for another path", { path: "/grades" }],
    ["with another body", { bodyDigest: () => Promise.resolve(digestOf('{"grade":6}')) }],
    ["without its body", { bodyDigest: () => Promise.resolve(emptyDigest) }],
    ["as a message", { method: "message" }],
  ])("%s", async (_, change) => {
    const { signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
    await expect(verify(token, expected(change))).rejects.toMatchObject(refused);
    await expect(verify(token, expected())).resolves.toMatchObject({ tenant: tenantA });
  });

  test("by another service", async () => {
    const { signer, verifier } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
    await expect(verifier({ audience: "grades" })(token, expected())).rejects.toMatchObject(refused);
  });

  test("when its signer is not on the list", async () => {
    const { register, verify } = contextWorld();
    const other = createContextSigner({ issuer: "billing", register: register.register("billing") });
    const token = await other.sign({ tenant: tenantA, subject }, outgoing);
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
  });

  test("when it is signed in the name of another service", async () => {
    const { register, verify } = contextWorld();
    const other = createContextSigner({ issuer: "students", register: register.register("billing") });
    const token = await other.sign({ tenant: tenantA, subject }, outgoing);
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
  });

  test("when one service that is on the list signs in the name of another", async () => {
    const { register, verifier } = contextWorld();
    const gateway = createContextSigner({ issuer: "students", register: register.register("gateway") });
    const token = await gateway.sign({ tenant: tenantA, subject }, outgoing);
    const verify = verifier({ trustedContexts: ["students", "gateway"] });
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
  });

  test("66 seconds later", async () => {
    const { clock, signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
    clock.ahead = 66_000;
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
  });

  test("when it comes from more than five seconds ahead", async () => {
    const { clock, signer, verify } = contextWorld();
    clock.ahead = 7_000;
    const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
    clock.ahead = 0;
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
  });

  test("when its key has ended", async () => {
    const { register, signer, verify } = contextWorld();
    const token = await signer.sign({ tenant: tenantA, subject }, outgoing);
    register.keys[0]!.expiresAt = new Date(Date.now() - 1);
    await expect(verify(token, expected())).rejects.toMatchObject(refused);
  });

  test("when any part of it is altered", async () => {
    const { signer, verify } = contextWorld();
    const [header = "", payload = "", signature = ""] = (
      await signer.sign({ tenant: tenantA, subject }, outgoing)
    ).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const swapped = base64url.encode(JSON.stringify({ ...claims, tid: "another" }));
    for (const forged of [
      [header, swapped, signature],
      [header, payload, ""],
      [header, payload],
      [header, payload, signature, ""],
      [header, payload, `${signature.slice(0, -4)}AAAA`],
    ])
      await expect(verify(forged.join("."), expected())).rejects.toMatchObject(refused);
  });
});

describe("a genuine key is not enough", () => {
  const claims = () => ({
    iss: "students",
    aud: "assessments",
    tid: tenantA,
    mth: "POST",
    pth: "/grades?term=1",
    bdh: digestOf(body),
    iat: Math.floor(Date.now() / 1_000),
    exp: Math.floor(Date.now() / 1_000) + 60,
    jti: "0123456789abcdefABCDEF",
  });
  const header = { alg: "EdDSA", typ: contextType, kid: "k" };

  async function verifies(change: object, headerChange: object = {}): Promise<string> {
    const { register, verify } = contextWorld();
    const { publicKey, privateKey } = await generateKeyPair("EdDSA");
    const { x = "" } = await exportJWK(publicKey);
    const jwk = { kty: "OKP", crv: "Ed25519", x } as const;
    register.keys.push({ kid: "k", service: "students", jwk, expiresAt: new Date(Date.now() + 60_000) });
    const bytes = new TextEncoder().encode(JSON.stringify({ ...claims(), ...change }));
    const signing = new CompactSign(bytes).setProtectedHeader({ ...header, ...headerChange });
    return verify(await signing.sign(privateKey), expected()).then(
      () => "taken",
      (error: { code: string }) => error.code,
    );
  }

  test("what these claims are changed from is taken", async () => {
    expect(await verifies({})).toBe("taken");
  });

  test.each<[string, object, object?]>([
    ["no exp", { exp: undefined }],
    ["no iat", { iat: undefined }],
    ["an exp that is too far", { exp: Math.floor(Date.now() / 1_000) + 3_600 }],
    ["an exp of 1e300", { exp: 1e300 }],
    ["an exp as text", { exp: "2100-01-01" }],
    ["a fractional iat", { iat: Date.now() / 1_000 - 0.5 }],
    ["an audience in a list", { aud: ["assessments"] }],
    ["no audience", { aud: undefined }],
    ["no issuer", { iss: undefined }],
    ["a tenant in a list", { tid: [tenantA] }],
    ["no tenant", { tid: undefined }],
    ["an empty tenant", { tid: "" }],
    ["no method", { mth: undefined }],
    ["no path", { pth: undefined }],
    ["no digest", { bdh: undefined }],
    ["no id", { jti: undefined }],
    ["a short id", { jti: "1" }],
    ["an id of 1 KB", { jti: "a".repeat(1_024) }],
    ["a subject without a kind", { sub: "u1" }],
    ["a subject as a number", { sub: 1 }],
    ["9 KB", { more: "a".repeat(9_000) }],
    ["an access token's type", {}, { typ: "at+jwt" }],
    ["no type", {}, { typ: undefined }],
    ["another key's id", {}, { kid: "__proto__" }],
    ["no key's id", {}, { kid: undefined }],
    ["its own key", {}, { kid: "x", jwk: { kty: "OKP", crv: "Ed25519", x: "AA" } }],
  ])("%s", async (_, change, headerChange) => {
    expect(await verifies(change, headerChange)).toBe("unauthenticated");
  });

  test("a secret instead of a key, or no signature", async () => {
    const { register, verify } = contextWorld();
    await register.register("students")({
      kty: "OKP",
      crv: "Ed25519",
      x: base64url.encode(new Uint8Array(32)),
    });
    const secret = new TextEncoder().encode(register.keys[0]!.jwk.x);
    const symmetric = new SignJWT(claims()).setProtectedHeader({ ...header, alg: "HS256", kid: "key-1" });
    await expect(verify(await symmetric.sign(secret), expected())).rejects.toMatchObject(refused);
    await expect(verify(new UnsecuredJWT(claims()).encode(), expected())).rejects.toMatchObject(refused);
    await expect(verify("", expected())).rejects.toMatchObject(refused);
  });
});
