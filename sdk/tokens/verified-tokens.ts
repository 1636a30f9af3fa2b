import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { VerifiedToken } from "./claims.ts";
import type { IssuerKeys } from "./remote-keys.ts";

/** What was true when a token was verified; each part has to be so still when it is used again. */
export interface Moment {
  keys: IssuerKeys;
  keysGeneration: number;
  all: number;
  tenant: number;
}

interface Known extends Moment {
  token: VerifiedToken;
  answer: Promise<VerifiedToken>;
  tenantName: string | null;
}

// Beyond this many, all tokens are verified again rather than a revocation forgotten.
const mostRevoked = 10_000;

/**
 * Tokens that have been verified, by a digest of their text: the text itself is not kept. Bounded.
 */
export class VerifiedTokens {
  readonly #known: LRUCache<string, Known>;
  readonly #revoked = new Map<string, number>();
  readonly #toleranceSeconds: number;
  #all = 0;

  constructor(most: number, toleranceSeconds: number) {
    this.#known = new LRUCache({ max: most });
    this.#toleranceSeconds = toleranceSeconds;
  }

  get size(): number {
    return this.#known.size;
  }

  digest(text: string): string {
    return hash("sha256", text, "base64");
  }

  find(digest: string): Promise<VerifiedToken> | null {
    const known = this.#known.get(digest);
    if (!known) return null;
    if (this.#isGood(known)) return known.answer;
    this.#known.delete(digest);
    return null;
  }

  /** Taken before a token is verified: a revocation meanwhile makes the result good for once only. */
  now(keys: IssuerKeys, tenant: unknown): Moment {
    return {
      keys,
      keysGeneration: keys.generation,
      all: this.#all,
      tenant: this.#generation(nameOf(tenant)),
    };
  }

  add(digest: string, token: VerifiedToken, moment: Moment): void {
    const answer = Promise.resolve(token);
    this.#known.set(digest, { ...moment, token, answer, tenantName: nameOf(token.tenant) });
  }

  revoke(tenant: string | null): void {
    if (tenant === null || this.#revoked.size >= mostRevoked) {
      this.#all += 1;
      this.#revoked.clear();
    }
    if (tenant !== null) this.#revoked.set(tenant, (this.#revoked.get(tenant) ?? 0) + 1);
  }

  #isGood({ token, keys, keysGeneration, all, tenant, tenantName }: Known): boolean {
    return (
      Date.now() / 1000 < token.expiresAt + this.#toleranceSeconds &&
      keys.vouchesFor(keysGeneration) &&
      all === this.#all &&
      tenant === this.#generation(tenantName)
    );
  }

  #generation(tenant: string | null): number {
    return tenant === null ? 0 : (this.#revoked.get(tenant) ?? 0);
  }
}

function nameOf(tenant: unknown): string | null {
  return typeof tenant === "string" ? tenant : null;
}
