import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { TenantStatus } from "../stores/tenant-store.ts";
import { contextHeader } from "../tokens/claims.ts";
import type { ContextKey } from "../tokens/context-keys.ts";
import { createContextSigner } from "../tokens/signed-context.ts";
import type { RegisterKey } from "../tokens/signing-key.ts";
import { createContextVerifier, type ContextVerifier } from "../tokens/verify-context.ts";
import type { Incoming, TenantResolver } from "../transports/incoming.ts";
import { createTenantSender } from "../transports/tenant-sender.ts";
import { tenantHeader } from "../transports/message.ts";

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
    const { carrier, getter, method, path } = incoming;
    const named = one(getter.get(carrier, tenantHeader));
    const token = one(getter.get(carrier, contextHeader));
    if (named !== undefined && !/^[0-9a-f-]{36}$/.test(named))
      throw new FreeholdError("invalid", "Malformed.");
    if (token === undefined) throw new FreeholdError("tenant_required", "Nothing trusted.");
    const bodyDigest = () => incoming.bodyDigest();
    const signed = await this.verify(token, { method, path, bodyDigest });
    if (named !== undefined && named !== signed.tenant)
      throw new FreeholdError("tenant_conflict", "Two tenants.");
    const status = this.status.get(signed.tenant);
    if (!status) throw new FreeholdError("not_found", "Unknown.");
    if (status !== "active") throw new FreeholdError("tenant_inactive", "Not active.");
    return { ...this.context(signed.tenant), decidedBy: "context", subject: signed.subject };
  }
}

function one(values: string | string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  const [value, ...others] = typeof values === "string" ? [values] : values;
  if (others.length > 0) throw new FreeholdError("invalid", "Several.");
  return value;
}
