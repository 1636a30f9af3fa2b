import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { TenantLabels } from "@/sdk/logs/metrics";

export type Outcome = "forwarded" | "aborted" | (string & {});

export interface GatewayMetrics {
  registry: Registry;
  /** One request that has ended; `seconds` from its head to the last byte of its answer. */
  ended(request: { service: string; outcome: Outcome; status: number; seconds: number }): void;
  /** A tenant was known here, or had to be asked for. */
  resolved(from: "cache" | "asked"): void;
  dropped(violations: number): void;
  forwardedFor(tenant: string): void;
}

/** The gateway's figures. No label names a tenant, or only the `tenants` busiest when that is more than 0. */
export function createMetrics(options: { open(): number; tenants: number }): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: "freehold_gateway_requests_total",
    help: "Requests by service, outcome and class of status",
    labelNames: ["service", "outcome", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "freehold_gateway_request_seconds",
    help: "From the head of a request to the last byte of its answer",
    labelNames: ["service"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers,
  });
  const resolves = new Counter({
    name: "freehold_gateway_resolves_total",
    help: "Tenants looked up, by whether they were known here",
    labelNames: ["from"],
    registers,
  });
  const drops = new Counter({
    name: "freehold_gateway_violations_dropped_total",
    help: "Violations that could not be reported",
    registers,
  });
  const forwardedFor = options.tenants > 0 ? countTenants(registers, options.tenants) : () => undefined;
  new Gauge({
    name: "freehold_gateway_open_requests",
    help: "Requests and WebSockets that are open",
    registers,
    collect() {
      this.set(options.open());
    },
  });
  // Finding a child by its labels costs more than counting: it is done once for each.
  const counters = new Map<string, Counter.Internal>();
  const timers = new Map<string, Histogram.Internal<"service">>();
  const lookups = { cache: resolves.labels("cache"), asked: resolves.labels("asked") };
  return {
    registry,
    ended({ service, outcome, status, seconds }) {
      const key = `${service} ${outcome} ${Math.floor(status / 100)}xx`;
      const counter = counters.get(key) ?? requests.labels(service, outcome, `${Math.floor(status / 100)}xx`);
      counters.set(key, counter);
      counter.inc();
      const timer = timers.get(service) ?? durations.labels(service);
      timers.set(service, timer);
      timer.observe(seconds);
    },
    resolved: (from) => lookups[from].inc(),
    dropped: (violations) => drops.inc(violations),
    forwardedFor,
  };
}

function countTenants(registers: Registry[], top: number): (tenant: string) => void {
  const counter = new Counter({
    name: "freehold_gateway_tenant_requests_total",
    help: "Forwarded requests of the tenants that have most, and of all others",
    labelNames: ["tenant"],
    registers,
  });
  const labels = new TenantLabels({
    mask: (tenant) => tenant,
    top,
    onRetired: (tenant) => counter.remove({ tenant }),
  });
  return (tenant) => counter.inc({ tenant: labels.of(tenant) });
}
