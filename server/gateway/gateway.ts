import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { createViolationLog } from "@/sdk/violations/violation-log";
import { createAdminServer } from "./admin-server";
import { createHttpServer } from "./http-server";
import type { GatewayMeans, GatewayStore } from "./means";
import { createMetrics, type GatewayMetrics } from "./metrics";
import { createOpenRequests } from "./open-requests";
import { createGatekeeper } from "./pass";
import type { GatewaySettings } from "./settings";
import { passUpgrade } from "./upgrade";
import { reachUpstreams } from "./upstreams";

export interface RunningGateway {
  port: number;
  adminPort: number;
  /**
   * Ends without losing a request: no longer ready at once, goes on serving for the grace, takes
   * no new connection then, finishes what is open, and cuts the rest when `drainMs` are over.
   */
  close(): Promise<void>;
}

const violationsEveryMs = 2_000;

/** A gateway in front of services. Resolves when it listens. */
export async function startGateway(settings: GatewaySettings, means: GatewayMeans): Promise<RunningGateway> {
  let isDraining = false;
  const open = createOpenRequests(means.store);
  const metrics = createMetrics({ open: () => open.size(), tenants: settings.metricsTenants });
  const store = countLookups(means.store, metrics);
  const violations = createViolationLog({
    report: (found) => means.report(found),
    everyMs: violationsEveryMs,
    onDropped: (count) => metrics.dropped(count),
  });
  const gatekeeper = createGatekeeper({ ...means, store }, settings.routes);
  const parts = { settings, means, gatekeeper, open, metrics, violations, isDraining: () => isDraining };
  const server = await createHttpServer(parts);
  server.server.on("upgrade", (request, socket, head) => void passUpgrade(parts, request, socket, head));
  const admin = createAdminServer({ registry: metrics.registry, ready });
  await server.listen({ port: settings.port, host: settings.host });
  admin.listen(settings.adminPort, settings.adminHost);
  await once(admin, "listening");

  async function ready(): Promise<void> {
    if (isDraining) throw new Error("draining");
    await means.ready();
    await reachUpstreams(settings.routes);
  }

  return {
    port: portOf(server.server),
    adminPort: portOf(admin),
    async close() {
      isDraining = true;
      await wait(settings.graceMs);
      await finish(server, () => open.cutAll(), settings.drainMs);
      open.stop();
      await violations.close();
      admin.close();
      admin.closeAllConnections();
      await means.close();
    },
  };
}

/** The same store; every look-up is counted by whether the tenant was known here. */
function countLookups(store: GatewayStore, metrics: GatewayMetrics): GatewayStore {
  return {
    peek(reference) {
      const found = store.peek(reference);
      if (found !== undefined) metrics.resolved("cache");
      return found;
    },
    find(reference) {
      metrics.resolved("asked");
      return store.find(reference);
    },
    onChange: (changed) => store.onChange(changed),
  };
}

async function finish(server: FastifyInstance, cutAll: () => void, drainMs: number): Promise<void> {
  const timer = setTimeout(() => {
    cutAll();
    server.server.closeAllConnections();
  }, drainMs);
  await server.close();
  clearTimeout(timer);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The gateway has no port.");
  return address.port;
}
