import type { ConfirmChannel, ConsumeMessage, Options } from "amqplib";
import type { TextMapGetter, TextMapSetter } from "@opentelemetry/api";
import { setTimeout as wait } from "node:timers/promises";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { publish } from "./amqp-publish.ts";
import type { Incoming, TenantResolver } from "./incoming.ts";
import {
  incomingMessage,
  outgoingMessage,
  refusedFromHeader,
  refusedHeader,
  resolveMessage,
} from "./message.ts";
import type { TenantSender } from "./outgoing.ts";
import { isFinal, tell, tellBroken, type Observers } from "./report.ts";

type Headers = Record<string, unknown>;

/** Reads the headers of a message whatever their case. A value that is no text is there and empty. */
export const amqpGetter: TextMapGetter<Headers> = {
  keys: (headers) => Object.keys(headers).map((name) => name.toLowerCase()),
  get(headers, name) {
    const values = Object.entries(headers).filter(([key]) => key.toLowerCase() === name);
    return values.length > 0
      ? values.map(([, value]) => (typeof value === "string" ? value : ""))
      : undefined;
  },
};

/** Writes a header in place of all that differ from it only in case. */
export const amqpSetter: TextMapSetter<Headers> = {
  set(headers, name, value) {
    for (const key of Object.keys(headers)) if (key.toLowerCase() === name) delete headers[key];
    headers[name] = value;
  },
};

/** Where a message goes: to a queue, or to an exchange that finds the queues. */
export type AmqpTarget = { queue: string } | { exchange: string; routingKey: string };

export interface OutgoingAmqp {
  to: AmqpTarget;
  body: Buffer;
  /** Seconds that it may wait: a day unless it is said, seven days at most. */
  lifetimeSeconds?: number;
  options?: Options.Publish;
}

/** The name that a message is signed for: "grades", or "events/grade.created". */
function destinationOf(exchange: string, routingKey: string): string {
  return exchange === "" ? routingKey : `${exchange}/${routingKey}`;
}

/**
 * Publishes a message for a tenant; done when the broker has taken it. Throws when it has not, and
 * when there is no such queue.
 */
export async function publishAs(
  context: TenantContext,
  sender: TenantSender,
  channel: ConfirmChannel,
  { to, body, lifetimeSeconds, options }: OutgoingAmqp,
): Promise<void> {
  const { exchange, routingKey } = "queue" in to ? { exchange: "", routingKey: to.queue } : to;
  const headers: Headers = { ...asHeaders(options?.headers) };
  const outgoing = outgoingMessage(destinationOf(exchange, routingKey), body, lifetimeSeconds);
  await sender.inject(context, outgoing, headers, amqpSetter);
  // A queue that is not there is a mistake; an exchange may have nobody who listens.
  const usual = { persistent: true, mandatory: exchange === "" };
  await publish(channel, { exchange, routingKey, body, options: { ...usual, ...options, headers } });
}

const asHeaders = (headers: unknown) => headers as Headers | undefined;

export interface AmqpConsumer extends Observers {
  queue: string;
  resolver: TenantResolver;
  /** A fanout exchange and the queue of the same name, both durable; made when they are not there. */
  deadLetters: string;
  /** Whether the queue takes what was sent to this destination. Unless it is said: the queue's own name. */
  accepts?: (destination: string) => boolean;
  /** How many messages are handled at once. */
  prefetch?: number;
  /** How long a message that cannot be judged at the moment is held before it goes back to the queue. */
  retryAfterMs?: number;
}

export type AmqpHandler = (context: TenantContext, message: ConsumeMessage) => Promise<void>;

/** A consumer that runs. */
export interface RunningConsumer {
  /** Takes no more messages; done when those under way are. */
  stop(): Promise<void>;
  /** Done when it gets no more messages, also because the broker or the channel ended. */
  ended: Promise<void>;
}

/**
 * Hands each message to `handle` with its tenant, and acknowledges it when that is done.
 *
 * A message that is refused goes to the dead letters as it is, with the code of the refusal, and
 * has no effect. One that cannot be judged at the moment (`unavailable`, `limit`) goes back to the
 * queue. One whose handler throws is tried once more, then goes to the dead letters as `failed`.
 * Each delivery is judged anew: what waited while its tenant was suspended is refused.
 */
export async function consumeAs(
  channel: ConfirmChannel,
  options: AmqpConsumer,
  handle: AmqpHandler,
): Promise<RunningConsumer> {
  const { queue, deadLetters, prefetch = 20 } = options;
  await channel.assertExchange(deadLetters, "fanout", { durable: true });
  await channel.assertQueue(deadLetters, { durable: true });
  await channel.bindQueue(deadLetters, deadLetters, "");
  await channel.prefetch(prefetch);

  const underWay = new Set<Promise<void>>();
  const ended = Promise.withResolvers<void>();
  channel.once("close", () => ended.resolve());
  const { consumerTag } = await channel.consume(queue, (message) => {
    if (message === null) return ended.resolve();
    const handling = takeOne(channel, options, message, handle).finally(() => underWay.delete(handling));
    underWay.add(handling);
  });
  return {
    ended: ended.promise,
    async stop() {
      await channel.cancel(consumerTag);
      await Promise.all(underWay);
      ended.resolve();
    },
  };
}

const usualRetryMs = 1_000;

type Verdict = "done" | "again" | { refused: string };

async function takeOne(
  channel: ConfirmChannel,
  options: AmqpConsumer,
  message: ConsumeMessage,
  handle: AmqpHandler,
): Promise<void> {
  const verdict = await judge(options, message, handle);
  try {
    if (typeof verdict === "object") await bury(channel, options, message, verdict.refused);
    if (verdict === "again") channel.nack(message, false, true);
    else channel.ack(message);
  } catch (error) {
    // The channel has closed, or there is no queue of dead letters: the broker delivers it again.
    tellBroken(options, error);
    await wait(options.retryAfterMs ?? usualRetryMs);
    giveBack(channel, message);
  }
}

async function judge(options: AmqpConsumer, message: ConsumeMessage, handle: AmqpHandler): Promise<Verdict> {
  const { queue, resolver, accepts, retryAfterMs = usualRetryMs } = options;
  const { exchange, routingKey, redelivered } = message.fields;
  const sentTo = destinationOf(exchange, routingKey);
  const takes = accepts ?? ((destination: string) => destination === queue);
  const incoming: Incoming<Headers> = incomingMessage({
    transport: "message",
    // What was not sent here is held against the name of this queue, and does not fit.
    destination: takes(sentTo) ? sentTo : queue,
    carrier: message.properties.headers ?? {},
    getter: amqpGetter,
    body: message.content,
  });
  let context: TenantContext;
  try {
    context = await resolveMessage(resolver, incoming);
  } catch (error) {
    tell(options, error, incoming);
    if (isFinal(error)) return { refused: error.code };
    await wait(retryAfterMs);
    return "again";
  }
  try {
    await handle(context, message);
    return "done";
  } catch (error) {
    tell(options, error, incoming);
    return redelivered ? { refused: "failed" } : "again";
  }
}

async function bury(
  channel: ConfirmChannel,
  { queue, deadLetters }: AmqpConsumer,
  { content, properties }: ConsumeMessage,
  code: string,
): Promise<void> {
  const { expiration: _, headers, ...kept } = properties;
  await publish(channel, {
    exchange: deadLetters,
    routingKey: queue,
    body: content,
    options: {
      ...kept,
      persistent: true,
      mandatory: true,
      headers: { ...headers, [refusedHeader]: code, [refusedFromHeader]: queue },
    },
  });
}

function giveBack(channel: ConfirmChannel, message: ConsumeMessage): void {
  try {
    channel.nack(message, false, true);
  } catch {
    // A closed channel has given back all of its messages.
  }
}
