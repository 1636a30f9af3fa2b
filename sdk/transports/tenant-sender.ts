import { contextHeader } from "../tokens/claims.ts";
import type { ContextSigner } from "../tokens/signed-context.ts";
import type { TenantSender } from "./outgoing.ts";

/** Puts the tenant's id and a signed context on what goes out, in place of any that are there. */
export function createTenantSender(signer: ContextSigner): TenantSender {
  return {
    async inject(context, outgoing, carrier, setter) {
      const signed = await signer.sign(context, outgoing);
      setter.set(carrier, outgoing.method === "message" ? "tenant-id" : "x-tenant-id", context.tenant);
      setter.set(carrier, contextHeader, signed);
    },
  };
}
