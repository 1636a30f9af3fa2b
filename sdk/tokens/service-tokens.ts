import { LRUCache } from "lru-cache";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { ControlPlaneClient } from "../stores/control-plane-client.ts";
import { Fields } from "../stores/fields.ts";

interface ServiceToken {
  token: string;
  /** Milliseconds since 1970. */
  renewsAt: number;
  endsAt: number;
}

export interface ServiceTokensOptions {
  client: Pick<ControlPlaneClient, "request">;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const mostTokens = 5_000;
/** A token that is handed out has to arrive. */
const travelMs = 10_000;
const retryMs = 1_000;

/** Access tokens of this service for others, from `POST /internal/token` (scope `tokens`). */
export class ServiceTokens {
  readonly #client: ServiceTokensOptions["client"];
  readonly #now: () => number;
  readonly #known = new LRUCache<string, ServiceToken>({ max: mostTokens });
  readonly #asking = new Map<string, Promise<ServiceToken>>();

  constructor({ client, now = Date.now }: ServiceTokensOptions) {
    this.#client = client;
    this.#now = now;
  }

  /**
   * A token for the service `audience`, that names `tenant` when one is given (a UUID). It is good
   * for at least 10 s. One is used until four fifths of its life are over; then the next one is
   * asked for while it is still used. Asked for once, however many want it at the same time.
   * Throws FreeholdError: `not_found`, `tenant_inactive`, `invalid`, `unavailable`.
   */
  async get(audience: string, tenant?: string): Promise<string> {
    const key = JSON.stringify([audience, tenant]);
    const known = this.#known.get(key);
    const now = this.#now();
    if (!known || now >= known.endsAt - travelMs) return (await this.#ask(key, audience, tenant)).token;
    if (now >= known.renewsAt) {
      known.renewsAt = now + retryMs;
      void this.#ask(key, audience, tenant).catch((error: unknown) => this.#forget(key, error));
    }
    return known.token;
  }

  #ask(key: string, audience: string, tenant: string | undefined): Promise<ServiceToken> {
    const underWay = this.#asking.get(key);
    if (underWay) return underWay;
    const asking = this.#take(audience, tenant)
      .then((token) => {
        this.#known.set(key, token);
        return token;
      })
      .finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #take(audience: string, tenant: string | undefined): Promise<ServiceToken> {
    const askedAt = this.#now();
    const { body } = await this.#client.request("/internal/token", {
      method: "POST",
      body: { grant_type: "client_credentials", audience, ...(tenant === undefined ? {} : { tenant }) },
    });
    const { token, seconds } = readToken(body);
    return { token, renewsAt: askedAt + seconds * 800, endsAt: askedAt + seconds * 1000 };
  }

  /** A tenant that is gone or suspended gets no token from memory either. */
  #forget(key: string, error: unknown): void {
    if (!(error instanceof FreeholdError) || error.code !== "unavailable") this.#known.delete(key);
  }
}

function readToken(body: string): { token: string; seconds: number } {
  try {
    const fields = Fields.parse(body);
    const token = fields.text("access_token");
    const seconds = fields.number("expires_in");
    if (token === "" || seconds <= 0) throw new Error("There is no token, or it has ended.");
    return { token, seconds };
  } catch (cause) {
    throw new FreeholdError("unavailable", "Freehold's answer with a token is not understood.", { cause });
  }
}
