import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Gauge, Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { createAdminServer } from "./admin-server";

test("figures that cannot be had are a 500, and the rest goes on", async () => {
  const registry = new Registry();
  const collect = () => {
    throw new Error("no figure");
  };
  registry.registerMetric(new Gauge({ name: "broken", help: "Has no figure.", registers: [], collect }));
  const server = createAdminServer({ registry, ready: () => Promise.resolve() }).listen(0, "127.0.0.1");
  onTestFinished(() => server.close().closeAllConnections());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return [answer.status, await answer.text()];
  };
  expect(await ask("/metrics")).toEqual([500, "failed\n"]);
  expect(await ask("/health/ready")).toEqual([200, "ready\n"]);
});
