import type { TextMapGetter } from "@opentelemetry/api";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { digestOf } from "../tokens/body-digest.ts";
import { contextHeader } from "../tokens/claims.ts";
import type { Incoming, TenantResolver } from "./incoming.ts";
import type { Outgoing } from "./outgoing.ts";

/** The header that names the tenant of a message or gRPC call. */
export const tenantHeader = "tenant-id";
/** On a dead letter, and on the answer to a refused request: the code of the refusal. */
export const refusedHeader = "x-freehold-refused";
/** On a dead letter: where it had been delivered. */
export const refusedFromHeader = "x-freehold-refused-from";

/** A message or job that has arrived. `destination` is the queue or topic that it must be signed for. */
export interface ArrivedMessage<Carrier> {
  transport: "message" | "job";
  destination: string;
  carrier: Carrier;
  getter: TextMapGetter<Carrier>;
  body: Uint8Array | string;
}

/** What a signed context of a message is for. */
export function outgoingMessage(
  destination: string,
  body: Uint8Array | string,
  lifetimeSeconds?: number,
): Outgoing {
  const bodyDigest = digestOf(body);
  return {
    audience: destination,
    method: "message",
    path: destination,
    bodyDigest,
    ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
  };
}

export function incomingMessage<Carrier>(message: ArrivedMessage<Carrier>): Incoming<Carrier> {
  const { transport, carrier, getter, destination, body } = message;
  return {
    transport,
    carrier,
    getter,
    method: "message",
    path: destination,
    peer: null,
    bodyDigest: () => Promise.resolve(digestOf(body)),
  };
}

/**
 * Whose message it is. Besides what the resolver throws: a message without its signed context is
 * `unauthenticated`, one without `tenant-id` is `tenant_required`, whatever the policy would take.
 */
export async function resolveMessage(resolver: TenantResolver, incoming: Incoming): Promise<TenantContext> {
  requireOne(incoming, contextHeader, "unauthenticated");
  const named = requireOne(incoming, tenantHeader, "tenant_required");
  const context = await resolver.resolve(incoming);
  const { explanation } = context;
  if (!context.authenticated)
    throw new FreeholdError("tenant_required", "Nothing proves the message's tenant.", { explanation });
  if (named !== context.tenant)
    throw new FreeholdError("tenant_conflict", "The message names another tenant.", { explanation });
  return context;
}

function requireOne(
  { carrier, getter }: Incoming,
  name: string,
  missing: "unauthenticated" | "tenant_required",
): string {
  const found = getter.get(carrier, name);
  if (found === undefined || found.length === 0) {
    if (getter.keys(carrier).includes(name))
      throw new FreeholdError("invalid", `The message's ${name} is empty.`);
    throw new FreeholdError(missing, `The message has no ${name}.`);
  }
  const [value, ...others] = typeof found === "string" ? [found] : found;
  if (value === undefined || value === "" || others.length > 0)
    throw new FreeholdError("invalid", `The message has no ${name}, or several.`);
  return value;
}
