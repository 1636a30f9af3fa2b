import type { FreeholdError } from "../errors/freehold-error.ts";
import { collectHints } from "../resolution/collect.ts";
import type { TenantReference } from "../resolution/hint.ts";
import { sharedDb } from "../resolution/presets.ts";
import { resolve } from "../resolution/resolve.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { TenantEntry, TenantStatus } from "../stores/tenant-store.ts";
import type { ContextKey } from "../tokens/context-keys.ts";
import { createContextSigner } from "../tokens/signed-context.ts";
import type { RegisterKey } from "../tokens/signing-key.ts";
import { createContextVerifier, type ContextVerifier } from "../tokens/verify-context.ts";
import type { Incoming, TenantResolver } from "../transports/incoming.ts";
import { createTenantSender } from "../transports/tenant-sender.ts";

export const tenantA = "0b6ff8f2-5a5b-4f4e-9f0a-3b8f0b0a1c11";
export const tenantB = "7d0f5d0e-2c53-4e0c-8c0e-9c2f5b1f2d22";

/** Keys of services as Freehold keeps them. */
export class KeyRegister {
  readonly keys: ContextKey[] = [];
  listed = 0;

  register(service: string, { signsFor = 86_400_000, now = Date.now } = {}): RegisterKey {
    return (jwk) => {
      const kid = `key-${this.keys.length + 1}`;
      const expiresAt = new Date(now() + signsFor + 604_800_000);
      this.keys.push({ kid, service, jwk, expiresAt });
      return Promise.resolve({ kid, signsUntil: new Date(now() + signsFor) });
    };
  }

  readonly list = () => {
    this.listed += 1;
    return Promise.resolve([...this.keys]);
  };
}

/** Two tenants, a service "students" that sends for them, and one "assessments" that receives. */
export class MessageWorld {
  readonly register = new KeyRegister();
  readonly status = new Map<string, TenantStatus>([
    [tenantA, "active"],
    [tenantB, "active"],
  ]);
  readonly reported: { code: string; path: string }[] = [];
  /** Milliseconds that clocks of this world are ahead. */
  ahead = 0;
  readonly now = () => Date.now() + this.ahead;
  readonly report = ({ code }: FreeholdError, { path }: Incoming) => void this.reported.push({ code, path });
  readonly sender = this.senderOf("students");
  readonly verify: ContextVerifier = createContextVerifier({
    audience: "assessments",
    trustedContexts: ["students"],
    keys: this.register.list,
    now: this.now,
  });
  readonly resolver: TenantResolver = { resolve: (incoming) => this.#resolve(incoming) };

  senderOf(service: string) {
    const register = this.register.register(service, { now: this.now });
    return createTenantSender(createContextSigner({ issuer: service, register, now: this.now }));
  }

  context(tenant: string): TenantContext {
    const decidedBy = "token";
    const outcome = { tenant, decidedBy, authenticated: true };
    return {
      tenant,
      organization: "school",
      environment: "prod",
      epoch: 1,
      decidedBy,
      authenticated: true,
      subject: { kind: "user", id: "u1" },
      explanation: { policy: "test", hints: [], outcome },
    };
  }

  async #resolve(incoming: Incoming): Promise<TenantContext> {
    const means = {
      verifyContext: this.verify,
      isTrustedHop: () => false,
      contributors: [],
    };
    const { hints, subject } = await collectHints(incoming, sharedDb, means);
    return resolve(hints, sharedDb, this.#store, subject);
  }

  readonly #store = {
    peek: () => undefined,
    find: ({ value }: TenantReference): Promise<TenantEntry | null> => {
      const status = this.status.get(value);
      if (!status) return Promise.resolve(null);
      const where = { isolation: "shared", driver: "postgres", region: "eu" } as const;
      const names = { tenant: value, organization: "school", environment: "prod" };
      return Promise.resolve({ ...names, ...where, status, epoch: 1 });
    },
  };
}
