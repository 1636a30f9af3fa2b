import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { ensureBrokers, sayMissing } from "./brokers.mjs";

test("brokers that are found are programs, and nothing is said", async () => {
  const paths = await ensureBrokers();
  expect(Object.keys(paths)).toEqual(["rabbitmq-server", "nats-server", "redis-server"]);
  expect(Object.values(paths).filter((path) => path === null || !existsSync(path))).toEqual([]);
  expect(sayMissing(paths)).toBeNull();
});

test("what is missing is named in one line with how to get it", () => {
  expect(sayMissing({ "rabbitmq-server": null, "nats-server": "/bin/nats", "redis-server": null })).toBe(
    'The tests of messages need rabbitmq-server, redis-server: install them with "apt-get install rabbitmq-server redis-server", or put them on the path.',
  );
});
