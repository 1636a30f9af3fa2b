import { trustedHops } from "@/sdk/resolution/trusted-hops";
import { ControlPlaneClient } from "@/sdk/stores/control-plane-client";
import { ControlPlaneStore } from "@/sdk/stores/control-plane-store";
import { freeholdContextKeys } from "@/sdk/tokens/freehold-context-keys";
import { createContextSigner } from "@/sdk/tokens/signed-context";
import { createTokenVerifier } from "@/sdk/tokens/verify-token";
import { createTenantSender } from "@/sdk/transports/tenant-sender";
import { reportViolations } from "@/sdk/violations/report-violations";
import { gatewayPolicy } from "./gateway-policy";
import type { GatewayMeans } from "./means";
import type { Access, GatewaySettings } from "./settings";

const nobody = "00000000-0000-4000-8000-000000000000";

/** What a gateway needs, from Freehold by the key of its service. */
export function connectFreehold(settings: GatewaySettings, access: Access): GatewayMeans {
  const connection = { url: access.url, key: access.key.reveal(), issuer: settings.issuer ?? access.url };
  const client = new ControlPlaneClient(connection);
  const store = new ControlPlaneStore(connection);
  const { register } = freeholdContextKeys(client, settings.name);
  const signer = createContextSigner({ issuer: settings.name, register });
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
    report: (violations) => reportViolations(client, violations),
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
