import type { TextMapSetter } from "@opentelemetry/api";
import { LRUCache } from "lru-cache";
import type { TenantContext } from "@/sdk/resolution/tenant-context";
import { emptyDigest } from "@/sdk/tokens/body-digest";
import type { Outgoing, TenantSender } from "@/sdk/transports/outgoing";

/** The headers that prove a tenant to an upstream. */
export type Signed = Readonly<Record<string, string>>;

const reusedMs = 10_000;
const most = 10_000;
const repeatable = new Set(["GET", "HEAD"]);

const setter: TextMapSetter<Record<string, string>> = {
  set(carrier, name, value) {
    carrier[name] = value;
  },
};

/**
 * Signs for upstreams. A read that is repeated for the same tenant and subject carries the same
 * context for 10 s: services take a context for a read several times while it lives anyway. What
 * may change something gets one of its own each time.
 */
export function createSigner(
  sender: TenantSender,
): (context: TenantContext, outgoing: Outgoing) => Signed | Promise<Signed> {
  const known = new LRUCache<string, Signed>({ max: most, ttl: reusedMs, ttlResolution: 100 });
  const sign = async (context: TenantContext, outgoing: Outgoing) => {
    const signed: Record<string, string> = {};
    await sender.inject(context, outgoing, signed, setter);
    return signed;
  };
  return (context, outgoing) => {
    const { audience, method, path, bodyDigest } = outgoing;
    if (!repeatable.has(method) || bodyDigest !== emptyDigest) return sign(context, outgoing);
    const { tenant, subject } = context;
    // No part but the last can hold a line break.
    const key = [tenant, method, audience, path, subject?.kind ?? "", subject?.id ?? ""].join("\n");
    const before = known.get(key);
    if (before) return before;
    return sign(context, outgoing).then((signed) => {
      known.set(key, signed);
      return signed;
    });
  };
}
