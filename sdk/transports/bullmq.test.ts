import { Queue, Worker, type Job, type JobsOptions } from "bullmq";
import { afterAll, describe, expect, test } from "vitest";
import { withRedis } from "@/server/testing/brokers";
import { FreeholdError } from "../errors/freehold-error.ts";
import { MessageWorld, tenantA, tenantB } from "../testing/message-world.ts";
import { addAs, processAs, type BullHandler, type BullWorker } from "./bullmq.ts";
import { scheduleReport, workOnReports } from "../testing/guide/bullmq.ts";
import { outgoingMessage } from "./message.ts";
import { testTransport } from "./messages.contract.ts";

const redis = withRedis();
const closing: { close(): Promise<void> }[] = [];
const connection = () => ({ host: "127.0.0.1", port: redis.port() });
const opened = <T extends { close(): Promise<void> }>(one: T) => {
  closing.push(one);
  return one;
};
afterAll(async () => {
  for (const one of closing.toReversed()) await one.close();
});

testTransport("BullMQ", async (world, receiver) => {
  const { resolver, report } = world;
  const queue = opened(new Queue("grades", { connection: connection() }));
  const deadLetters = opened(new Queue("dead", { connection: connection() }));
  const handler = processAs({ resolver, report, deadLetters }, (context, payload) =>
    receiver.handle(context, JSON.stringify(payload)),
  );
  opened(new Worker("grades", handler, { connection: connection(), concurrency: 20 }));
  opened(
    new Worker("dead", ({ data }) => Promise.resolve(receiver.refuse(data.refused, data.data.body)), {
      connection: connection(),
    }),
  );
  return {
    destination: "grades/recalculate",
    elsewhere: "grades/publish",
    outgoing: (destination, body) => outgoingMessage(destination, body),
    async send(context, body) {
      await addAs(context, world.sender, queue, { name: "recalculate", payload: JSON.parse(body) });
    },
    async sendRaw(destination, headers, body) {
      await queue.add(destination.replace("grades/", ""), { headers, body });
    },
  };
});

/** A queue of the test's own, with what was handled and its dead letters. */
function withQueue(name: string) {
  const world = new MessageWorld();
  const queue = opened(new Queue(name, { connection: connection() }));
  const deadLetters = opened(new Queue(`${name}-dead`, { connection: connection() }));
  const handled: unknown[] = [];
  const usual: BullHandler = ({ tenant }, payload) => Promise.resolve(void handled.push({ tenant, payload }));
  return {
    world,
    queue,
    deadLetters,
    handled,
    add: (tenant: string, payload: unknown, options: JobsOptions = {}) =>
      addAs(world.context(tenant), world.sender, queue, { name: "work", payload, options }),
    work(handle = usual, change: Partial<BullWorker> = {}) {
      const { resolver, report } = world;
      const processor = processAs({ resolver, report, deadLetters, ...change }, handle);
      return opened(new Worker(name, processor, { connection: connection() }));
    },
  };
}

const states = async (job: Job, queue: Queue) => {
  const found = await queue.getJob(job.id ?? "");
  return { state: await found?.getState(), attempts: found?.attemptsMade, reason: found?.failedReason };
};

const retried: JobsOptions = { attempts: 5, backoff: { type: "fixed", delay: 1 } };

describe("a job that waits", () => {
  test("while its tenant is suspended fails at once and is a dead letter, once", async () => {
    const { world, queue, deadLetters, handled, add, work } = withQueue("suspended");
    const job = await add(tenantA, { n: 1 }, retried);
    await add(tenantB, { n: 2 }, retried);
    world.status.set(tenantA, "suspended");
    work();
    const failed = { state: "failed", attempts: 1, reason: "Refused: tenant_inactive" };
    await expect.poll(() => states(job, queue)).toEqual(failed);
    const [letter, ...others] = await deadLetters.getJobs();
    expect(others).toEqual([]);
    expect(letter?.data).toEqual({
      refused: "tenant_inactive",
      queue: "suspended",
      name: "work",
      data: job.data,
    });
    await expect.poll(() => handled).toEqual([{ tenant: tenantB, payload: { n: 2 } }]);

    world.status.set(tenantA, "active");
    await queue.add(letter?.data.name, letter?.data.data);
    await expect.poll(() => handled).toContainEqual({ tenant: tenantA, payload: { n: 1 } });
  });

  test("while nobody can say whose it is waits on, and that is no attempt", async () => {
    const { world, queue, handled, add, work } = withQueue("unavailable");
    let asked = 0;
    const resolver: BullWorker["resolver"] = {
      resolve: (incoming) =>
        (asked += 1) < 4
          ? Promise.reject(new FreeholdError("unavailable", "Away."))
          : world.resolver.resolve(incoming),
    };
    const job = await add(tenantA, "a");
    work(undefined, { resolver, retryAfterMs: 1 });
    await expect.poll(() => handled).toEqual([{ tenant: tenantA, payload: "a" }]);
    await expect.poll(() => states(job, queue)).toMatchObject({ state: "completed", attempts: 1 });
  });
});

test("each attempt is judged anew", async () => {
  const { world, queue, deadLetters, add, work } = withQueue("rechecked");
  let attempts = 0;
  const job = await add(tenantA, "a", retried);
  work(() => {
    if ((attempts += 1) === 2) world.status.set(tenantA, "suspended");
    return Promise.reject(new Error("broken"));
  });
  const failed = { state: "failed", attempts: 3, reason: "Refused: tenant_inactive" };
  await expect.poll(() => states(job, queue)).toEqual(failed);
  expect(attempts).toBe(2);
  expect(await deadLetters.count()).toBe(1);
});

test("what the handler throws is retried as the job says, and is no dead letter", async () => {
  const { queue, deadLetters, add, work } = withQueue("fails");
  const job = await add(tenantA, "a", { ...retried, attempts: 3 });
  work(() => Promise.reject(new Error("broken")));
  await expect.poll(() => states(job, queue)).toEqual({ state: "failed", attempts: 3, reason: "broken" });
  expect(await deadLetters.count()).toBe(0);
});

test.each<[string, unknown]>([
  ["nothing", null],
  ["a payload", { grade: 1 }],
  ["a body that is no text", { headers: {}, body: {} }],
  ["headers that are no texts", { headers: { "tenant-id": [tenantA] }, body: "{}" }],
])("a job that is %s instead of an envelope is invalid", async (_, data) => {
  const { queue, handled, work } = withQueue("odd");
  const worker = work();
  const job = await queue.add("work", data);
  await expect.poll(() => states(job, queue)).toMatchObject({ state: "failed", reason: "Refused: invalid" });
  await worker.close();
  expect(handled).toEqual([]);
});

test("the program of the guide reports for its tenant", async () => {
  const world = new MessageWorld();
  const reported = Promise.withResolvers<unknown>();
  const { worker, deadLetters } = workOnReports(world.resolver, connection(), ({ tenant }, payload) =>
    Promise.resolve(reported.resolve({ tenant, payload })),
  );
  opened(worker);
  opened(deadLetters);
  const reports = opened(new Queue("reports", { connection: connection() }));
  await scheduleReport(world.context(tenantA), world.sender, reports, 2);
  expect(await reported.promise).toEqual({ tenant: tenantA, payload: { term: 2 } });
});
