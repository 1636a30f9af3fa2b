import { calculateJwkThumbprint } from "jose";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { ContextKey, ListKeys } from "./context-keys.ts";
import type { PublicJwk, RegisterKey } from "./signing-key.ts";

/** What asks Freehold as a service; a failure is a FreeholdError. */
export interface FreeholdClient {
  request(
    path: string,
    request?: { method?: "GET" | "PUT"; body?: unknown; etag?: string | null },
  ): Promise<{ body: string; isUnchanged: boolean; etag: string | null }>;
}

const path = "/internal/context-keys";

/**
 * Registers the keys of a service with Freehold, and lists everybody's; unchanged lists are not sent
 * again. `service` is its name there. Throws `unavailable` for an answer that is not understood, and
 * `forbidden` when the client's key is of another service: nobody would take its contexts.
 */
export function freeholdContextKeys(
  client: FreeholdClient,
  service: string,
): { register: RegisterKey; keys: ListKeys } {
  let etag: string | null = null;
  let listed: readonly ContextKey[] = [];
  return {
    async register(jwk) {
      const kid = await calculateJwkThumbprint({ ...jwk });
      const { body } = await client.request(`${path}/${kid}`, { method: "PUT", body: { jwk } });
      const fields = fieldsOf(body);
      if (fields.service !== service)
        throw new FreeholdError(
          "forbidden",
          `The service's key is of ${text(fields.service)}, and not of ${service}, as this process says.`,
        );
      return { kid, signsUntil: moment(fields.signs_until) };
    },
    async keys() {
      const answer = await client.request(path, { etag });
      if (answer.isUnchanged) return listed;
      const { keys } = fieldsOf(answer.body);
      listed = Array.isArray(keys) ? keys.map(keyOf) : misunderstood();
      ({ etag } = answer);
      return listed;
    },
  };
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

function fieldsOf(body: string): Fields {
  try {
    const parsed: unknown = JSON.parse(body);
    return isFields(parsed) ? parsed : misunderstood();
  } catch (cause) {
    return misunderstood(cause);
  }
}

function keyOf(value: unknown): ContextKey {
  const { kid, service, jwk, expires_at: expiresAt } = isFields(value) ? value : misunderstood();
  return { kid: text(kid), service: text(service), jwk: publicJwk(jwk), expiresAt: moment(expiresAt) };
}

function publicJwk(value: unknown): PublicJwk {
  const { kty, crv, x } = isFields(value) ? value : misunderstood();
  return kty === "OKP" && crv === "Ed25519" ? { kty, crv, x: text(x) } : misunderstood();
}

function text(value: unknown): string {
  return typeof value === "string" && value !== "" ? value : misunderstood();
}

function moment(value: unknown): Date {
  const date = new Date(text(value));
  return Number.isNaN(date.getTime()) ? misunderstood() : date;
}

function misunderstood(cause?: unknown): never {
  throw new FreeholdError("unavailable", "Freehold's answer about keys is not understood.", { cause });
}
