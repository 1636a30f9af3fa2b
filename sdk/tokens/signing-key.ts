import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** The public half of an Ed25519 pair. */
export interface PublicJwk {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
}

/** Makes a public key known to those who verify, see `PUT /internal/context-keys/{kid}`. */
export type RegisterKey = (jwk: PublicJwk) => Promise<{ kid: string; signsUntil: Date }>;

export interface SigningKey {
  kid: string;
  key: KeyObject;
  signsUntil: number;
}

const longestHeadStartMs = 3_600_000;
const retryMs = 5_000;

/**
 * The pair that this process signs with. It is made on first use, never leaves the process, and
 * is replaced before it may sign no longer: an hour before, or in the last quarter of a short life.
 */
export class SigningKeys {
  readonly #register: RegisterKey;
  readonly #now: () => number;
  #current: SigningKey | null = null;
  #renewsAt = 0;
  #renewing: Promise<SigningKey> | null = null;

  constructor(register: RegisterKey, now: () => number) {
    this.#register = register;
    this.#now = now;
  }

  /** Throws what `register` throws when there is no key that may still sign. */
  async current(): Promise<SigningKey> {
    const current = this.#current;
    if (!current || this.#now() >= current.signsUntil) return this.#renew();
    // The old key goes on until the new one is registered, and when that fails; at its end a caller hears why.
    if (this.#now() >= this.#renewsAt) {
      this.#renewsAt = this.#now() + retryMs;
      this.#renew().catch(() => undefined);
    }
    return current;
  }

  #renew(): Promise<SigningKey> {
    this.#renewing ??= this.#make().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #make(): Promise<SigningKey> {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const { x = "" } = publicKey.export({ format: "jwk" });
    const madeAt = this.#now();
    const { kid, signsUntil } = await this.#register({ kty: "OKP", crv: "Ed25519", x });
    const life = signsUntil.getTime() - madeAt;
    this.#renewsAt = signsUntil.getTime() - Math.min(longestHeadStartMs, life / 4);
    this.#current = { kid, key: privateKey, signsUntil: signsUntil.getTime() };
    return this.#current;
  }
}
