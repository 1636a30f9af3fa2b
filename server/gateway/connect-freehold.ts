import { z } from "zod";
import { trustedHops } from "@/sdk/resolution/trusted-hops";
import { ControlPlaneClient } from "@/sdk/stores/control-plane-client";
import { ControlPlaneStore } from "@/sdk/stores/control-plane-store";
import { createContextSigner } from "@/sdk/tokens/signed-context";
import type { PublicJwk } from "@/sdk/tokens/signing-key";
import { createTokenVerifier } from "@/sdk/tokens/verify-token";
import { createTenantSender } from "@/sdk/transports/tenant-sender";
import { calculateJwkThumbprint } from "jose";
import { gatewayPolicy } from "./gateway-policy";
import type { GatewayMeans } from "./means";
import type { Access, GatewaySettings } from "./settings";

const nobody = "00000000-0000-4000-8000-000000000000";

const Registered = z.object({ kid: z.string(), service: z.string(), signs_until: z.coerce.date() });

/** What a gateway needs, from Freehold by the key of its service. */
export function connectFreehold(settings: GatewaySettings, access: Access): GatewayMeans {
  const connection = { url: access.url, key: access.key.reveal(), issuer: settings.issuer ?? access.url };
  const client = new ControlPlaneClient(connection);
  const store = new ControlPlaneStore(connection);
  const signer = createContextSigner({
    issuer: settings.name,
    register: (jwk) => registerKey(client, settings.name, jwk),
  });
  const issuer = { issuer: connection.issuer, keys: new URL(`${client.url}/.well-known/jwks.json`) };
  return {
    policy: gatewayPolicy(settings),
    store,
    verifierFor: (audience) =>
      createTokenVerifier({
        issuers: [
          {
            ...issuer,
            audience: [settings.name, ...settings.tokenAudiences, ...(audience === null ? [] : [audience])],
          },
        ],
        requireClaim: settings.tenant === undefined,
      }),
    sender: createTenantSender(signer),
    async report(violations) {
      await client.request("/internal/violations", { method: "POST", body: { violations } });
    },
    isTrustedHop: trustedHops(settings.trustedHops),
    ready: onceKnown(async () => {
      const probe = { audience: settings.name, method: "GET", path: "/", bodyDigest: "" };
      await Promise.all([
        store.find({ by: "id", value: nobody }),
        client.request("/.well-known/jwks.json"),
        signer.sign({ tenant: nobody, subject: null }, probe),
      ]);
    }),
    close: () => store.close(),
  };
}

async function registerKey(client: ControlPlaneClient, name: string, jwk: PublicJwk) {
  const kid = await calculateJwkThumbprint({ ...jwk });
  const answer = await client.request(`/internal/context-keys/${kid}`, { method: "PUT", body: { jwk } });
  const { service, signs_until: signsUntil } = Registered.parse(JSON.parse(answer.body));
  if (service !== name)
    throw new Error(
      `FREEHOLD_SERVICE_KEY is of the service ${service}: start the gateway with --name ${service}.`,
    );
  return { kid, signsUntil };
}

/** Tries at every call until it has succeeded once. */
function onceKnown(ask: () => Promise<void>): () => Promise<void> {
  let asking: Promise<void> | null = null;
  return () => {
    asking ??= ask().catch((error: unknown) => {
      asking = null;
      throw error;
    });
    return asking;
  };
}
