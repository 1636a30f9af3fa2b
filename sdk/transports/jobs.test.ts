import { Redis } from "ioredis";
import { afterAll, describe, expect, test } from "vitest";
import { withRedis } from "@/server/testing/brokers";
import { isFreeholdError } from "../errors/freehold-error.ts";
import { MessageWorld, tenantA } from "../testing/message-world.ts";
import { openExport, sealExport } from "../testing/guide/jobs.ts";
import { incomingJob, openJob, sealJob } from "./jobs.ts";
import { outgoingMessage } from "./message.ts";
import { testTransport } from "./messages.contract.ts";

const redis = withRedis();
const connections: Redis[] = [];
const connected = () => {
  const connection = new Redis(redis.port(), "127.0.0.1", { maxRetriesPerRequest: null });
  connections.push(connection);
  return connection;
};
afterAll(() => connections.forEach((connection) => connection.disconnect()));

testTransport("a list of Redis as a queue", async (world, receiver) => {
  const adding = connected();
  for (const queue of ["grades", "payments"]) {
    const taking = connected();
    const take = async (): Promise<void> => {
      const [, text = ""] = (await taking.brpop(queue, 0)) ?? [];
      const envelope = JSON.parse(text);
      try {
        const { context, payload } = await openJob(world.resolver, queue, envelope);
        void receiver.handle(context, JSON.stringify(payload));
      } catch (error) {
        if (!isFreeholdError(error)) throw error;
        world.report(error, incomingJob(queue, envelope));
        receiver.refuse(error.code, envelope.body);
      }
      return take();
    };
    take().catch(() => undefined);
  }
  return {
    destination: "grades",
    elsewhere: "payments",
    outgoing: (queue, body) => outgoingMessage(queue, body),
    async send(context, body) {
      const job = await sealJob(context, world.sender, { queue: "grades", payload: JSON.parse(body) });
      await adding.lpush("grades", JSON.stringify(job));
    },
    async sendRaw(queue, headers, body) {
      await adding.lpush(queue, JSON.stringify({ headers, body }));
    },
  };
});

describe("an envelope", () => {
  const world = new MessageWorld();
  const seal = (payload: unknown) => sealJob(world.context(tenantA), world.sender, { queue: "q", payload });

  test.each([
    [null],
    [undefined, null],
    [0],
    ["text \ud800 \u2028"],
    [{ __proto__: null, "2": 1, "1": 2, b: [1.5e300, true], a: { é: "ü" } }],
  ])(
    "gives back what was put into it, in a store that orders keys as it likes: %j",
    async (payload, back = payload) => {
      const { body, headers } = await seal(payload);
      const stored = JSON.parse(JSON.stringify({ body, headers }));
      const opened = await openJob(world.resolver, "q", stored);
      expect(opened.context).toMatchObject({ tenant: tenantA, subject: { kind: "user", id: "u1" } });
      expect(opened.payload).toEqual(back);
    },
  );

  test("may be opened again, as often as its job is tried", async () => {
    const envelope = await seal("again");
    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(openJob(world.resolver, "q", envelope)).resolves.toMatchObject({ payload: "again" });
  });

  test("of the guide gives back its tenant and payload", async () => {
    const stored = JSON.parse(JSON.stringify(await sealExport(world.context(tenantA), world.sender, "csv")));
    const { context, payload } = await openExport(world.resolver, stored);
    expect([context.tenant, payload]).toEqual([tenantA, { format: "csv" }]);
  });

  test("with headers of a prototype has none", async () => {
    const { headers, body } = await seal("a");
    const inherited = { headers: Object.create(headers), body };
    await expect(openJob(world.resolver, "q", inherited)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
