import { isFreeholdError } from "@/sdk/errors/freehold-error";
import type { CollectingMeans } from "@/sdk/resolution/collect";
import { createContextVerifier } from "@/sdk/tokens/verify-context";
import type { Db } from "@/server/db/client";
import { listContextKeys } from "@/server/domain/services/list-context-keys";
import { lengthOf } from "./diagnose-token";
import { unprovenAudience, unprovenClaims } from "./unproven-claims";

/** Verifies signed contexts as the SDK does, and remembers for the explanation what was wrong with one. */
export interface ContextCheck {
  verifyContext: NonNullable<CollectingMeans["verifyContext"]>;
  /** What was wrong with the context; null when it verified, or was not looked at. */
  fault(): string | null;
}

/**
 * Takes contexts of every registered service, and does not look at the body.
 * @param audience the service that is asked; null takes a context whomever it is for.
 */
export function contextCheck(db: Db, audience: string | null): ContextCheck {
  let fault: string | null = null;
  return {
    async verifyContext(token, expected) {
      const keys = await listContextKeys(db);
      const { bdh, exp } = unprovenClaims(token);
      const verify = createContextVerifier({
        audience: audience ?? unprovenAudience(token),
        trustedContexts: [...new Set(keys.map(({ service }) => service))],
        keys: () => Promise.resolve(keys),
      });
      const said = typeof bdh === "string" ? bdh : "";
      try {
        return await verify(token, { ...expected, bodyDigest: () => Promise.resolve(said) });
      } catch (error) {
        if (isFreeholdError(error)) fault = `It does not verify: ${whyNot(error.cause, exp)}.`;
        throw error;
      }
    },
    fault: () => fault,
  };
}

function whyNot(cause: unknown, exp: unknown): string {
  const now = Date.now() / 1000;
  const why = cause instanceof Error ? cause.message : "it is none";
  return typeof exp === "number" && exp < now && why.includes("exp")
    ? `it expired ${lengthOf(now - exp)} ago`
    : why;
}
