import { createTenantSender } from "@freehold/sdk/sender";
import { freeholdContextKeys, type FreeholdClient } from "@freehold/sdk/tokens/freehold-context-keys";
import { createContextSigner } from "@freehold/sdk/tokens/signed-context";
import { createContextVerifier } from "@freehold/sdk/tokens/verify-context";

/** What a service sends contexts with, and what its resolver verifies them with. */
export function contextsOf(service: string, client: FreeholdClient) {
  const { register, keys } = freeholdContextKeys(client, service);
  const sender = createTenantSender(createContextSigner({ issuer: service, register }));
  const trustedContexts = ["gateway", "students"];
  return { sender, verifyContext: createContextVerifier({ audience: service, trustedContexts, keys }) };
}
