import type { ConfirmChannel, Message, Options } from "amqplib";

export interface PublishedMessage {
  exchange: string;
  routingKey: string;
  body: Buffer;
  options: Options.Publish;
}

type Returned = (message: Message) => void;

const watches = new WeakMap<ConfirmChannel, Set<Returned>>();

/**
 * Done when the broker has taken the message. Throws when it has not, and for a `mandatory` one
 * when it has gone to no queue: RabbitMQ confirms those too.
 */
export async function publish(channel: ConfirmChannel, message: PublishedMessage): Promise<void> {
  const returns = returnsOf(channel);
  let isReturned = false;
  const watch: Returned = ({ fields, content }) => {
    const isOurs = fields.exchange === message.exchange && fields.routingKey === message.routingKey;
    if (isOurs && content.equals(message.body)) isReturned = true;
  };
  returns.add(watch);
  try {
    await confirmed(channel, message);
  } finally {
    returns.delete(watch);
  }
  if (isReturned) throw new Error(`No queue takes messages of ${message.exchange}/${message.routingKey}.`);
}

// A message is returned before it is confirmed, on one listener for all that are under way.
function returnsOf(channel: ConfirmChannel): Set<Returned> {
  const known = watches.get(channel);
  if (known) return known;
  const returns = new Set<Returned>();
  channel.on("return", (message) => returns.forEach((returned) => returned(message)));
  watches.set(channel, returns);
  return returns;
}

function confirmed(channel: ConfirmChannel, message: PublishedMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    const { exchange, routingKey, body, options } = message;
    channel.publish(exchange, routingKey, body, options, (error: unknown) => {
      if (error === null || error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error("The broker did not take the message."));
    });
  });
}
