import { compactVerify, createRemoteJWKSet, errors } from "jose";
import { FreeholdError } from "../errors/freehold-error.ts";
import { Fields } from "./fields.ts";

/** How long facts may be used when Freehold cannot be asked. */
export interface Cover {
  /** Seconds since 1970. */
  expiresAt: number;
  /** From the moment that they were signed. */
  seconds: number;
}

export interface SignedFacts {
  tenant: string;
  /** Base64url SHA-256 of the body. */
  digest: string;
}

export interface VerifierOptions {
  /** Where Freehold's keys are. */
  url: string;
  /** Who Freehold says that it is. */
  issuer: string;
}

const type = "freehold-entry+jwt";

/** Checks what Freehold signs of its answers, with its public keys. */
export class SignatureVerifier {
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  readonly #issuer: string;
  /** All answers are for one service: who that is, the first one says. */
  #audience: string | null = null;

  constructor({ url, issuer }: VerifierOptions) {
    this.#issuer = issuer;
    this.#keys = createRemoteJWKSet(new URL(`${url}/.well-known/jwks.json`), {
      timeoutDuration: 3_000,
      cooldownDuration: 5_000,
    });
  }

  /**
   * Null when nothing is signed, or when the key is not to be had: the facts then end with their
   * age. Throws `unavailable` when a signature is there and is not one for these facts.
   */
  async verify(signature: string | null, facts: SignedFacts): Promise<Cover | null> {
    if (signature === null) return null;
    try {
      const { payload, protectedHeader } = await compactVerify(signature, this.#keys, {
        algorithms: ["EdDSA", "Ed25519"],
      });
      if (protectedHeader.typ !== type) throw new Error(`The signature is no ${type}.`);
      return this.#read(Fields.parse(new TextDecoder().decode(payload)), facts);
    } catch (error) {
      if (isWithoutKey(error)) return null;
      const why = error instanceof Error ? ` ${error.message}` : "";
      throw new FreeholdError("unavailable", `Freehold's answer is not signed as it must be.${why}`, {
        cause: error,
      });
    }
  }

  #read(claims: Fields, { tenant, digest }: SignedFacts): Cover {
    if (claims.text("iss") !== this.#issuer)
      throw new Error(`The signature is of ${claims.text("iss")} and not of ${this.#issuer}.`);
    if (claims.text("sub") !== tenant || claims.text("digest") !== digest)
      throw new Error("The signature is for other facts.");
    this.#audience ??= claims.text("aud");
    if (claims.text("aud") !== this.#audience) throw new Error("The signature is for another service.");
    const expiresAt = claims.number("exp");
    return { expiresAt, seconds: Math.max(0, expiresAt - claims.number("iat")) };
  }
}

// What jose throws when it could not get at the key; anything else is a verdict on the signature.
function isWithoutKey(error: unknown): boolean {
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSTimeout) return true;
  if (error instanceof errors.JOSEError) return error.code === "ERR_JOSE_GENERIC";
  return error instanceof TypeError;
}
