import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { isFreeholdError } from "@/sdk/errors/freehold-error";
import type { CollectingMeans } from "@/sdk/resolution/collect";
import { createTokenVerifier } from "@/sdk/tokens/verify-token";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { diagnoseToken, type KnownIssuer } from "./diagnose-token";
import type { ForeignIssuer } from "./schema";
import { unprovenAudience } from "./unproven-claims";

/** Verifies tokens as the SDK does, and remembers for the explanation what was wrong with one. */
export interface TokenCheck {
  verifyToken: NonNullable<CollectingMeans["verifyToken"]>;
  /** What was wrong with the token; null when it verified, or was not looked at. */
  fault(): string | null;
}

/**
 * @param options.own Freehold's public keys.
 * @param options.audience the service that is asked; null takes a token whomever it is for.
 */
export function tokenCheck(options: {
  own: JSONWebKeySet;
  foreign: ForeignIssuer | undefined;
  claim: string;
  audience: string | null;
}): TokenCheck {
  const { own, foreign, audience, claim } = options;
  let fault: string | null = null;
  return {
    async verifyToken(token) {
      const taken = audience ?? unprovenAudience(token);
      const issuers = issuersOf(own, foreign, taken);
      try {
        return await createTokenVerifier({ issuers, claim, remembered: 0 }).verify(token);
      } catch (error) {
        if (isFreeholdError(error)) {
          const faults = await diagnoseToken(token, issuers, audience);
          fault = faults.join(" ") || "It does not verify.";
        }
        throw error;
      }
    },
    fault: () => fault,
  };
}

function issuersOf(own: JSONWebKeySet, foreign: ForeignIssuer | undefined, audience: string): KnownIssuer[] {
  // Who asks is an operator, and wants to know of every tenant.
  const base = { audience, allowsTenant: () => true };
  const freehold: KnownIssuer = { ...base, issuer: env().baseUrl, keys: own };
  if (!foreign) return [freehold];
  const { issuer, algorithm, type } = foreign;
  if (issuer === freehold.issuer)
    throw new DomainError("invalid", "Freehold's own keys are known: leave the issuer out.", {
      field: "issuer",
    });
  return [freehold, { ...base, issuer, keys: keysIn(foreign.keys), algorithms: [algorithm], type }];
}

const PublicKey = z.looseObject({
  kty: z.enum(["OKP", "EC", "RSA"]),
  kid: z.string(),
  d: z.undefined().optional(),
});
const KeySet = z.object({ keys: z.array(PublicKey).min(1).max(100) });

function keysIn(text: string): JSONWebKeySet {
  try {
    return KeySet.parse(JSON.parse(text));
  } catch {
    throw new DomainError(
      "invalid",
      'Paste the issuer\'s public keys as {"keys": […]}, each with kty and kid.',
      {
        field: "issuer",
      },
    );
  }
}
