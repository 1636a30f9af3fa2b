import type { IncomingMessage } from "node:http";
import { admit } from "./admit";
import { digestOf, emptyDigest } from "@/sdk/tokens/body-digest";
import { incomingOfMessage } from "@/sdk/transports/http-incoming";
import type { GatewayMeans } from "./means";
import type { Passage } from "./passage";
import { GatewayError } from "./refusal";
import type { Route } from "./settings";
import { createSigner } from "./signed-contexts";
import type { TenantContext } from "@/sdk/resolution/tenant-context";
import { collectHints } from "@/sdk/resolution/collect";
import { resolve } from "@/sdk/resolution/resolve";
import { createRouteChooser } from "./choose-route";

export interface Gatekeeper {
  /** Refuses what is malformed, of nobody, or of a tenant that is not served; says where the rest goes and whose it is. */
  identify(request: IncomingMessage): Promise<Passage>;
  /** Signs what is about to be sent on, at once (null) when the same has just been signed. */
  sign(passage: Passage, request: IncomingMessage, body?: unknown): Promise<void> | null;
}

export function createGatekeeper(
  means: Pick<GatewayMeans, "policy" | "store" | "verifierFor" | "sender" | "isTrustedHop">,
  routes: readonly Route[],
): Gatekeeper {
  const choose = createRouteChooser(routes);
  const sign = createSigner(means.sender);
  const audiences = [null, ...routes.map(({ audience }) => audience)];
  const verifiers = new Map(audiences.map((audience) => [audience, means.verifierFor(audience)]));
  // A tenant that has changed is looked at anew.
  means.store.onChange((tenant) => {
    for (const verifier of verifiers.values()) verifier.revoke(tenant);
  });
  const resolveRequest = async (request: IncomingMessage, audience: string | null) => {
    const verifier = verifiers.get(audience);
    const { hints, subject } = await collectHints(
      incomingOfMessage(request, request.url ?? ""),
      means.policy,
      {
        isTrustedHop: means.isTrustedHop,
        contributors: [],
        ...(verifier ? { verifyToken: (token: string) => verifier.verify(token) } : {}),
      },
    );
    return resolve(hints, means.policy, means.store, subject);
  };
  return {
    async identify(request) {
      admit(request);
      const route = choose(request.url ?? "");
      // Whoever is not known does not learn which paths exist.
      const context = await resolveRequest(request, route?.audience ?? null);
      if (!route) throw new GatewayError("not_found", "No service is behind this path.");
      return { route, context: authenticated(context), signed: {} };
    },
    sign(passage, request, body) {
      const outgoing = {
        audience: passage.route.audience,
        method: request.method ?? "",
        path: request.url ?? "",
        bodyDigest: Buffer.isBuffer(body) ? digestOf(body) : emptyDigest,
      };
      const signing = sign(passage.context, outgoing);
      if (signing instanceof Promise) return signing.then((signed) => void (passage.signed = signed));
      passage.signed = signing;
      return null;
    },
  };
}

/** A signed context counts as proof, so a tenant that nobody has proven is never signed for. */
function authenticated(context: TenantContext): TenantContext {
  if (!context.authenticated)
    throw new GatewayError("tenant_required", "Send an access token that names a tenant.");
  return context;
}
