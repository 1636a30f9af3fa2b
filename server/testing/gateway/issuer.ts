import { exportJWK, generateKeyPair, SignJWT, type JSONWebKeySet } from "jose";

export const issuerUrl = "https://console.example.com";

export interface TokenIssuer {
  jwks: JSONWebKeySet;
  /** An access token; what is given replaces its claims, `undefined` takes one away. */
  token(claims: Record<string, unknown>, header?: Record<string, unknown>): Promise<string>;
}

/** An issuer of access tokens with a key of its own. */
export async function createIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "EdDSA", use: "sig" };
  return {
    jwks: { keys: [jwk] },
    token(claims, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      const all = {
        iss: issuerUrl,
        sub: "user:ann",
        aud: "gateway",
        iat: now,
        exp: now + 300,
        jti: crypto.randomUUID(),
        ...claims,
      };
      return new SignJWT(all)
        .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: "k1", ...header })
        .sign(privateKey);
    },
  };
}
