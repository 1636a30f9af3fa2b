import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type CryptoKey } from "jose";
import { ids } from "./catalog.data.ts";
import { closeServer, listen } from "./listen.ts";

export const issuerName = "https://issuer.test";
export const audience = "students";

/** A pair that signs by EdDSA, and its public half as it is published. */
export async function makeKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: "EdDSA", use: "sig" },
  };
}

export const goodHeader = (kid: string) => ({ alg: "EdDSA", kid, typ: "at+jwt" });

export function goodClaims(): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return { iss: issuerName, sub: "user:u1", aud: audience, tid: ids.ann, iat: now, exp: now + 300 };
}

/** Signs whatever texts it is given, as no library would. */
export async function signText(privateKey: CryptoKey, header: string, claims: string): Promise<string> {
  const input = `${base64url(header)}.${base64url(claims)}`;
  const signature = await crypto.subtle.sign("Ed25519", privateKey, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString("base64url")}`;
}

export function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** Publishes what `answer` holds, and counts how often it was asked. */
export async function openKeyServer(answer: { status: number; body: string }) {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response
      .writeHead(answer.status, answer.status === 302 ? { location: "/elsewhere" } : {})
      .end(answer.body);
  });
  const port = await listen(server);
  return {
    url: new URL(`http://127.0.0.1:${port}/jwks.json`),
    asked: () => asked,
    close: () => closeServer(server),
  };
}
