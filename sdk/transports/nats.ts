import {
  headers as createHeaders,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
} from "@nats-io/transport-node";
import type { TextMapGetter, TextMapSetter } from "@opentelemetry/api";
import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import { isRefusalCode } from "../errors/refusal-code.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { TenantResolver } from "./incoming.ts";
import {
  incomingMessage,
  outgoingMessage,
  refusedFromHeader,
  refusedHeader,
  resolveMessage,
} from "./message.ts";
import type { TenantSender } from "./outgoing.ts";
import { tell, type Observers } from "./report.ts";

/** Reads headers whatever their case. */
export const natsGetter: TextMapGetter<MsgHdrs | undefined> = {
  keys: (headers) => headers?.keys().map((name) => name.toLowerCase()) ?? [],
  get(headers, name) {
    const values = namesLike(headers, name).flatMap((key) => headers?.values(key) ?? []);
    return values.length > 0 ? values : undefined;
  },
};

/** Writes a header in place of all that differ from it only in case. */
export const natsSetter: TextMapSetter<MsgHdrs> = {
  set(headers, name, value) {
    for (const key of namesLike(headers, name)) headers.delete(key);
    headers.set(name, value);
  },
};

function namesLike(headers: MsgHdrs | undefined, name: string): string[] {
  return headers?.keys().filter((key) => key.toLowerCase() === name) ?? [];
}

export interface OutgoingNats {
  subject: string;
  data: Uint8Array | string;
  headers?: MsgHdrs;
  /** Seconds that it may wait: a day unless it is said, seven days at most. */
  lifetimeSeconds?: number;
}

/** Publishes a message for a tenant. Core NATS does not say whether anybody got it. */
export async function publishAs(
  context: TenantContext,
  sender: TenantSender,
  connection: NatsConnection,
  message: OutgoingNats,
): Promise<void> {
  const headers = await signedHeaders(context, sender, message);
  connection.publish(message.subject, message.data, { headers });
}

/** Asks for a tenant and waits for the answer. Throws the FreeholdError of a request that is refused. */
export async function requestAs(
  context: TenantContext,
  sender: TenantSender,
  connection: NatsConnection,
  { timeoutMs = 10_000, ...message }: OutgoingNats & { timeoutMs?: number },
): Promise<Msg> {
  const lifetimeSeconds = Math.ceil(timeoutMs / 1_000);
  const headers = await signedHeaders(context, sender, { lifetimeSeconds, ...message });
  const answer = await connection.request(message.subject, message.data, { headers, timeout: timeoutMs });
  const refused = answer.headers?.get(refusedHeader) ?? "";
  if (refused === "") return answer;
  throw new FreeholdError(isRefusalCode(refused) ? refused : "unavailable", "The request was not served.");
}

async function signedHeaders(
  context: TenantContext,
  sender: TenantSender,
  { subject, data, headers, lifetimeSeconds }: OutgoingNats,
): Promise<MsgHdrs> {
  const signed = copyOf(headers);
  await sender.inject(context, outgoingMessage(subject, data, lifetimeSeconds), signed, natsSetter);
  return signed;
}

function copyOf(headers: MsgHdrs | undefined): MsgHdrs {
  const copy = createHeaders();
  for (const [name, values] of headers ?? []) for (const value of values) copy.append(name, value);
  return copy;
}

export interface NatsSubscriber extends Observers {
  /** May have wildcards: a message is signed for the subject that it is sent to. */
  subject: string;
  /** The group that shares the messages. */
  queue?: string;
  resolver: TenantResolver;
  /** Where refused messages are published, as they are, with the code of the refusal. */
  deadSubject: string;
  /** How many messages are handled at once. */
  concurrency?: number;
}

/** What it gives is the answer to a request. */
export type NatsHandler = (context: TenantContext, message: Msg) => Promise<Uint8Array | string | void>;

export interface RunningSubscription {
  /** Takes no more messages; done when those under way are. */
  stop(): Promise<void>;
}

/**
 * Hands each message to `handle` with its tenant. What is refused, and what fails, has its answer
 * in the header `x-freehold-refused` and goes to the dead subject: core NATS delivers nothing twice,
 * so this is also where a message goes that could not be judged at the moment (`unavailable`).
 */
export function subscribeAs(
  connection: NatsConnection,
  options: NatsSubscriber,
  handle: NatsHandler,
): RunningSubscription {
  const { subject, queue, concurrency = 20 } = options;
  const subscription = connection.subscribe(subject, queue === undefined ? {} : { queue });
  const underWay = new Set<Promise<void>>();
  const reading = (async () => {
    for await (const message of subscription) {
      const handling = takeOne(connection, options, message, handle).finally(() => underWay.delete(handling));
      underWay.add(handling);
      if (underWay.size >= concurrency) await Promise.race(underWay);
    }
  })();
  return {
    async stop() {
      await subscription.drain();
      await reading;
      await Promise.all(underWay);
    },
  };
}

async function takeOne(
  connection: NatsConnection,
  options: NatsSubscriber,
  message: Msg,
  handle: NatsHandler,
): Promise<void> {
  const incoming = incomingMessage({
    transport: "message",
    destination: message.subject,
    carrier: message.headers,
    getter: natsGetter,
    body: message.data,
  });
  try {
    const context = await resolveMessage(options.resolver, incoming);
    const answer = await handle(context, message);
    if (message.reply) message.respond(answer ?? "");
  } catch (error) {
    tell(options, error, incoming);
    bury(connection, options.deadSubject, message, isFreeholdError(error) ? error.code : "failed");
  }
}

function bury(connection: NatsConnection, deadSubject: string, message: Msg, code: string): void {
  if (connection.isClosed()) return;
  const headers = copyOf(message.headers);
  natsSetter.set(headers, refusedHeader, code);
  natsSetter.set(headers, refusedFromHeader, message.subject);
  connection.publish(deadSubject, message.data, { headers });
  if (!message.reply) return;
  const answer = createHeaders();
  answer.set(refusedHeader, code);
  message.respond("", { headers: answer });
}
