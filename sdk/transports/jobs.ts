import type { TextMapGetter, TextMapSetter } from "@opentelemetry/api";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { Incoming, TenantResolver } from "./incoming.ts";
import { incomingMessage, outgoingMessage, resolveMessage } from "./message.ts";
import type { TenantSender } from "./outgoing.ts";

/**
 * A job of a tenant as a plain object, for any queue that keeps JSON. The payload is a text, since
 * what is signed are its bytes, and a queue may write an object anew.
 */
export interface JobEnvelope {
  readonly headers: Readonly<Record<string, string>>;
  /** The payload as JSON. */
  readonly body: string;
}

const getter: TextMapGetter<Readonly<Record<string, string>>> = {
  keys: (headers) => Object.keys(headers),
  get: (headers, name) => (Object.hasOwn(headers, name) ? headers[name] : undefined),
};
const setter: TextMapSetter<Record<string, string>> = {
  set(headers, name, value) {
    headers[name] = value;
  },
};

export interface OutgoingJob {
  /** The queue, or the queue and what is to be done in it: "grades/recalculate". */
  queue: string;
  /** Anything that JSON can say. */
  payload: unknown;
  /** Seconds until the last attempt of it must have begun: a day unless it is said, seven days at most. */
  lifetimeSeconds?: number;
}

/** Puts a job of a tenant into its envelope. */
export async function sealJob(
  context: TenantContext,
  sender: TenantSender,
  { queue, payload, lifetimeSeconds }: OutgoingJob,
): Promise<JobEnvelope> {
  const body = JSON.stringify(payload) ?? "null";
  const headers: Record<string, string> = {};
  await sender.inject(context, outgoingMessage(queue, body, lifetimeSeconds), headers, setter);
  return { headers, body };
}

/**
 * Whose job it is, and its payload. Ask at every attempt: the tenant may have been suspended since.
 * Throws `invalid` for what is no envelope, and what `resolveMessage` throws.
 */
export async function openJob(
  resolver: TenantResolver,
  queue: string,
  envelope: unknown,
): Promise<{ context: TenantContext; payload: unknown }> {
  const { headers, body } = readEnvelope(envelope);
  const context = await resolveMessage(resolver, incomingJob(queue, { headers, body }));
  return { context, payload: JSON.parse(body) };
}

/** A job as a resolver sees it; one that is no envelope has no headers. */
export function incomingJob(queue: string, envelope: unknown): Incoming {
  const { headers, body } = isEnvelope(envelope) ? envelope : { headers: {}, body: "" };
  return incomingMessage({ transport: "job", destination: queue, carrier: headers, getter, body });
}

function readEnvelope(envelope: unknown): JobEnvelope {
  if (!isEnvelope(envelope)) throw new FreeholdError("invalid", "The job is in no envelope.");
  return envelope;
}

function isEnvelope(value: unknown): value is JobEnvelope {
  if (typeof value !== "object" || value === null || !("headers" in value) || !("body" in value))
    return false;
  const { headers, body } = value;
  if (typeof body !== "string" || typeof headers !== "object" || headers === null) return false;
  return Object.values(headers).every((header) => typeof header === "string");
}
