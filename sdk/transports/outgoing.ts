import type { TextMapSetter } from "@opentelemetry/api";
import type { TenantContext } from "../resolution/tenant-context.ts";

/** A call or message that a service is about to send for a tenant. */
export interface Outgoing {
  /** The name of the service that is called; for a message the queue or topic. */
  audience: string;
  /** HTTP: the method. gRPC: "POST". Message, job: "message". */
  method: string;
  /** HTTP: path and query. gRPC: "/package.Service/Method". Message, job: the queue or topic. */
  path: string;
  /** SHA-256 of the body in base64url; of nothing when there is none. */
  bodyDigest: string;
  /** Seconds that it may be on its way: a call's 60 at most, a message's 604,800. Left out: 60, and a day. */
  lifetimeSeconds?: number;
}

/** Puts the tenant, and what proves it, on what goes out. */
export interface TenantSender {
  inject<Carrier>(
    context: TenantContext,
    outgoing: Outgoing,
    carrier: Carrier,
    setter: TextMapSetter<Carrier>,
  ): Promise<void>;
}
