import { z } from "zod";
import type { ContextKey } from "@/sdk/tokens/context-keys";
import { handleContextKeys, handlePutContextKey } from "@/server/api/internal/context-keys";
import { handleChanges, handleHost, handleTenant } from "@/server/api/internal/handler";
import { handleJwks } from "@/server/api/internal/jwks";
import { handleToken } from "@/server/api/internal/token";
import { handleViolations } from "@/server/api/internal/violations";
import { serve } from "@/server/testing/serve";
import { asService } from "@/server/testing/service-world";

/** Freehold's doors for services on a port. */
export function serveControlPlane(): Promise<{ url: string; stop(): void }> {
  return serve((request) => {
    const [, first = "", second = "", third = ""] = new URL(request.url).pathname.split("/");
    if (first === ".well-known") return handleJwks();
    if (second === "tenants" && third === "changes") return handleChanges(request);
    if (second === "tenants") return handleTenant(request, third);
    if (second === "hosts") return handleHost(request, third);
    if (second === "violations") return handleViolations(request);
    if (second === "token") return handleToken(request);
    if (second === "context-keys" && third === "") return handleContextKeys(request);
    if (second === "context-keys") return handlePutContextKey(request, third);
    return Promise.resolve(Response.json({ code: "not_found" }, { status: 404 }));
  });
}

const Keys = z.object({
  keys: z.array(
    z.object({
      kid: z.string(),
      service: z.string(),
      jwk: z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string() }),
      expires_at: z.coerce.date(),
    }),
  ),
});

/** The keys that contexts are signed with, as the service with this key is told them. */
export async function listContextKeys(key: string): Promise<ContextKey[]> {
  const answer = await handleContextKeys(asService(key, "/internal/context-keys"));
  const { keys } = Keys.parse(await answer.json());
  return keys.map(({ expires_at: expiresAt, ...listed }) => ({ ...listed, expiresAt }));
}

const Token = z.object({ access_token: z.string() });

/** A token of the service with this key for a tenant. */
export async function takeToken(key: string, audience: string, tenant: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: "client_credentials", audience, tenant });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await handleToken(
    asService(key, "/internal/token", { method: "POST", body: body.toString(), headers }),
  );
  return Token.parse(await answer.json()).access_token;
}
