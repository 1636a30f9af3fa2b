import { connect, type ChannelModel, type ConfirmChannel, type ConsumeMessage } from "amqplib";
import { onTestFinished } from "vitest";
import { consumeAs, publishAs, type AmqpConsumer, type AmqpHandler } from "../transports/amqp.ts";
import { MessageWorld } from "./message-world.ts";

export const textOf = ({ content }: ConsumeMessage) => content.toString();

/** A queue of the test's own, with what was handled and a way to read its dead letters. */
export async function openQueue(
  name: string,
  { channel, connection, url }: { channel: ConfirmChannel; connection: ChannelModel; url: string },
) {
  const world = new MessageWorld();
  const handled: string[] = [];
  const errors: unknown[] = [];
  await channel.assertQueue(name);
  const usual: AmqpHandler = ({ tenant }, message) =>
    Promise.resolve(void handled.push(`${tenant} ${textOf(message)}`));
  return {
    world,
    handled,
    errors,
    publish: (tenant: string, body: string) =>
      publishAs(world.context(tenant), world.sender, channel, {
        to: { queue: name },
        body: Buffer.from(body),
      }),
    async consume(handle = usual, change: Partial<AmqpConsumer> = {}) {
      const own = await connect(url);
      onTestFinished(() => own.close().catch(() => undefined));
      const { resolver, report } = world;
      const options = { queue: name, deadLetters: `${name}.dead`, resolver, report, ...change };
      const onError = (error: unknown) => void errors.push(error);
      return { own, ...(await consumeAs(await own.createConfirmChannel(), { onError, ...options }, handle)) };
    },
    /** Waits for the next dead letter and takes it. */
    async deadLetter(): Promise<ConsumeMessage> {
      const reading = await connection.createChannel();
      await reading.prefetch(1);
      const letter = await new Promise<ConsumeMessage>((resolve) => {
        void reading.consume(`${name}.dead`, (message) => message && resolve(message));
      });
      reading.ack(letter);
      await reading.close();
      return letter;
    },
  };
}
