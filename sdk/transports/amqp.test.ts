import { connect, type ChannelModel, type ConfirmChannel } from "amqplib";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { withRabbitmq } from "@/server/testing/brokers";
import { FreeholdError } from "../errors/freehold-error.ts";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import { amqpSetter, consumeAs, publishAs, type AmqpConsumer } from "./amqp.ts";
import { outgoingMessage } from "./message.ts";
import { openQueue, textOf } from "../testing/amqp-queue.ts";
import { announceGrade, keepGrades } from "../testing/guide/amqp.ts";
import { testTransport } from "./messages.contract.ts";

const rabbitmq = withRabbitmq();
let connection: ChannelModel;
let channel: ConfirmChannel;

beforeAll(async () => {
  connection = await connect(rabbitmq.url());
  channel = await connection.createConfirmChannel();
});
afterAll(async () => connection.close());

testTransport("AMQP", async (world, receiver) => {
  const deadLetters = "contract.dead";
  for (const queue of ["grades", "payments"]) {
    await channel.assertQueue(queue);
    const options = { queue, deadLetters, resolver: world.resolver, report: world.report };
    await consumeAs(await connection.createConfirmChannel(), options, (context, { content }) =>
      receiver.handle(context, content.toString()),
    );
  }
  await channel.consume(
    deadLetters,
    (message) =>
      message &&
      receiver.refuse(message.properties.headers?.["x-freehold-refused"], message.content.toString()),
    { noAck: true },
  );
  return {
    destination: "grades",
    elsewhere: "payments",
    outgoing: (queue, body) => outgoingMessage(queue, body),
    send: (context, body) =>
      publishAs(context, world.sender, channel, { to: { queue: "grades" }, body: Buffer.from(body) }),
    async sendRaw(queue, headers, body) {
      channel.sendToQueue(queue, Buffer.from(body), { headers });
      await channel.waitForConfirms();
    },
  };
});

const withQueue = (name: string) => openQueue(name, { channel, connection, url: rabbitmq.url() });

describe("a message that waits", () => {
  test("while its tenant is suspended is refused, and handled when it is sent again after a resume", async () => {
    const { world, handled, publish, consume, deadLetter } = await withQueue("waits");
    await publish(tenantA, "a");
    await publish(tenantB, "b");
    world.status.set(tenantA, "suspended");
    await consume();
    const letter = await deadLetter();
    expect(letter.properties.headers).toMatchObject({
      "x-freehold-refused": "tenant_inactive",
      "x-freehold-refused-from": "waits",
      "tenant-id": tenantA,
    });
    expect(textOf(letter)).toBe("a");
    await expect.poll(() => handled).toEqual([`${tenantB} b`]);

    // Still suspended: sent again, it is refused again.
    channel.sendToQueue("waits", letter.content, { headers: letter.properties.headers });
    const again = await deadLetter();
    expect(again.properties.headers).toMatchObject({ "x-freehold-refused": "tenant_inactive" });
    world.status.set(tenantA, "active");
    channel.sendToQueue("waits", again.content, { headers: again.properties.headers });
    await expect.poll(() => handled).toEqual([`${tenantB} b`, `${tenantA} a`]);
  });

  test("longer than it may is refused", async () => {
    const { world, publish, consume, deadLetter } = await withQueue("expires");
    await publish(tenantA, "a");
    world.ahead = 86_410_000;
    await consume();
    expect((await deadLetter()).properties.headers).toMatchObject({
      "x-freehold-refused": "unauthenticated",
    });
  });

  test("goes back while nobody can say whose it is, and is handled then", async () => {
    const { world, handled, publish, consume } = await withQueue("unavailable");
    let asked = 0;
    const resolver: AmqpConsumer["resolver"] = {
      resolve: (incoming) =>
        (asked += 1) < 4
          ? Promise.reject(new FreeholdError("unavailable", "Away."))
          : world.resolver.resolve(incoming),
    };
    await publish(tenantA, "a");
    await consume(undefined, { resolver, retryAfterMs: 5 });
    await expect.poll(() => handled).toEqual([`${tenantA} a`]);
    expect(world.reported).toEqual([]);
  });
});

describe("a handler that fails", () => {
  test("has the message once more, and then it is a dead letter", async () => {
    const { errors, publish, consume, deadLetter, world } = await withQueue("fails");
    await publish(tenantA, "a");
    await consume(() => Promise.reject(new Error("broken")));
    expect((await deadLetter()).properties.headers).toMatchObject({ "x-freehold-refused": "failed" });
    expect(errors.map(String)).toEqual(["Error: broken", "Error: broken"]);
    expect(world.reported).toEqual([]);
  });

  test("does not have it again when its tenant has been suspended meanwhile", async () => {
    const { errors, publish, consume, deadLetter, world } = await withQueue("rechecked");
    await publish(tenantA, "a");
    await consume(() => {
      world.status.set(tenantA, "suspended");
      return Promise.reject(new Error("broken"));
    });
    expect((await deadLetter()).properties.headers).toMatchObject({
      "x-freehold-refused": "tenant_inactive",
    });
    expect(errors).toHaveLength(1);
  });

  test("because its process is gone loses nothing", async () => {
    const { handled, publish, consume } = await withQueue("killed");
    const reached = Promise.withResolvers<void>();
    const never = new Promise<void>(() => undefined);
    await publish(tenantA, "a");
    const first = await consume(() => {
      reached.resolve();
      return never;
    });
    await reached.promise;
    await first.own.close();
    await first.ended;
    await consume();
    await expect.poll(() => handled).toEqual([`${tenantA} a`]);
  });
});

test("a consumer that stops ends what is under way and takes no more, never more at once than it may", async () => {
  const { handled, publish, consume } = await withQueue("stops");
  const gate = Promise.withResolvers<void>();
  const full = Promise.withResolvers<void>();
  let underWay = 0;
  for (let count = 0; count < 6; count += 1) await publish(tenantA, String(count));
  const { stop, ended } = await consume(
    async (_, message) => {
      if ((underWay += 1) === 2) full.resolve();
      await gate.promise;
      handled.push(textOf(message));
    },
    { prefetch: 2 },
  );
  await full.promise;
  let isStopped = false;
  const stopping = stop().then(() => (isStopped = true));
  const consumers = async () => (await channel.checkQueue("stops")).consumerCount;
  await expect.poll(consumers).toBe(0);
  expect([underWay, isStopped]).toEqual([2, false]);
  gate.resolve();
  await stopping;
  await ended;
  // What RabbitMQ had sent before it heard of the stop may be among them; the rest waits.
  const { messageCount } = await channel.checkQueue("stops");
  expect(handled.length + messageCount).toBe(6);
  expect(messageCount).toBeGreaterThan(0);
});

test("what an exchange sends is taken when the queue says so, and is signed for its routing key", async () => {
  const accepts = (destination: string) => destination.startsWith("events/grade.");
  const { world, handled, consume, deadLetter } = await withQueue("subscribed");
  await channel.assertExchange("events", "topic");
  await channel.bindQueue("subscribed", "events", "#");
  await consume(undefined, { accepts });
  const send = async (routingKey: string, body: string) =>
    publishAs(world.context(tenantA), world.sender, channel, {
      to: { exchange: "events", routingKey },
      body: Buffer.from(body),
    });
  await send("grade.created", "taken");
  await send("payment.created", "not said");
  expect(textOf(await deadLetter())).toBe("not said");
  await expect.poll(() => handled).toEqual([`${tenantA} taken`]);

  const headers: Record<string, unknown> = {};
  const body = Buffer.from("moved");
  await world.sender.inject(
    world.context(tenantA),
    outgoingMessage("events/grade.created", body),
    headers,
    amqpSetter,
  );
  channel.publish("events", "grade.deleted", body, { headers });
  expect(textOf(await deadLetter())).toBe("moved");
  expect(handled).toHaveLength(1);
});

test.each<[string, Record<string, unknown>]>([
  ["a number", { "tenant-id": 1 }],
  ["a table", { "tenant-id": { id: tenantA } }],
  ["a list", { "tenant-id": [tenantA] }],
  ["nothing at all", { "tenant-id": null }],
  ["twice, in two cases", { "Tenant-Id": tenantA }],
])("a tenant that is %s is invalid", async (_, change) => {
  const { world, handled, consume, deadLetter } = await withQueue("odd");
  const headers: Record<string, unknown> = {};
  await world.sender.inject(world.context(tenantA), outgoingMessage("odd", "a"), headers, amqpSetter);
  const { stop } = await consume();
  channel.sendToQueue("odd", Buffer.from("a"), { headers: { ...headers, ...change } });
  expect((await deadLetter()).properties.headers).toMatchObject({ "x-freehold-refused": "invalid" });
  await stop();
  expect(handled).toEqual([]);
});

test("what a caller writes into our headers is replaced", async () => {
  const { world, handled, consume } = await withQueue("replaced");
  await consume();
  await publishAs(world.context(tenantA), world.sender, channel, {
    to: { queue: "replaced" },
    body: Buffer.from("a"),
    options: { headers: { "Tenant-Id": tenantB, "X-Freehold-Context": "a.b.c", other: "kept" } },
  });
  await expect.poll(() => handled).toEqual([`${tenantA} a`]);
});

test("the program of the guide keeps a grade for its tenant", async () => {
  const world = new MessageWorld();
  const kept = Promise.withResolvers<unknown>();
  const own = await connect(rabbitmq.url());
  onTestFinished(() => own.close());
  await channel.deleteQueue("grades");
  await keepGrades(world.resolver, await own.createConfirmChannel(), ({ tenant }, grade) =>
    Promise.resolve(kept.resolve({ tenant, grade })),
  );
  const grade = { student: "s1", points: 12 };
  await announceGrade(world.context(tenantA), world.sender, channel, grade);
  expect(await kept.promise).toEqual({ tenant: tenantA, grade });
});

test("publishing to a queue that is not there fails, and leaves the channel as it is", async () => {
  const { world, handled, publish, consume } = await withQueue("there");
  await consume();
  const send = (queue: string) =>
    publishAs(world.context(tenantA), world.sender, channel, { to: { queue }, body: Buffer.from("a") });
  const all = await Promise.allSettled([send("nowhere"), publish(tenantA, "a"), send("nowhere either")]);
  expect(all.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
  await expect.poll(() => handled).toEqual([`${tenantA} a`]);
});

test("no message is lost when its dead letters have no queue", async () => {
  const { world, handled, publish, consume } = await withQueue("unburied");
  let asked = 0;
  const onError = vi.fn<(error: unknown) => void>();
  const { stop } = await consume(undefined, {
    retryAfterMs: 5,
    onError,
    resolver: {
      async resolve(incoming) {
        if ((asked += 1) === 1) await channel.deleteQueue("unburied.dead");
        if (asked < 3) throw new FreeholdError("tenant_inactive", "No.");
        return world.resolver.resolve(incoming);
      },
    },
  });
  await publish(tenantA, "a");
  await expect.poll(() => handled).toEqual([`${tenantA} a`]);
  await stop();
  const missing = expect.objectContaining({ message: "No queue takes messages of unburied.dead/unburied." });
  expect(onError.mock.calls).toEqual([[missing], [missing]]);
});

test("publishing to an exchange that is not there fails", async () => {
  const own = await connection.createConfirmChannel();
  own.on("error", () => undefined);
  const world = new MessageWorld();
  const to = { exchange: "nowhere", routingKey: "a" };
  const publishing = publishAs(world.context(tenantA), world.sender, own, { to, body: Buffer.from("a") });
  await expect(publishing).rejects.toThrow();
});
