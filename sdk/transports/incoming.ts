import type { TextMapGetter } from "@opentelemetry/api";
import type { Hint, HintSource } from "../resolution/hint.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";

/**
 * A request, call or message as its transport sees it. Headers are read through OpenTelemetry's
 * getter, so that one collector serves all transports.
 */
export interface Incoming<Carrier = unknown> {
  transport: "http" | "grpc" | "message" | "job";
  carrier: Carrier;
  /** Gives an array when a header is there several times; names are asked for in lower case. */
  getter: TextMapGetter<Carrier>;
  /** HTTP: the method. gRPC: "POST". Message, job: "message". */
  method: string;
  /** HTTP: the target as it came, with its query. gRPC: "/package.Service/Method". Message, job: the queue or topic. */
  path: string;
  /** The address at the other end of the connection; null where there is none. */
  peer: string | null;
  /** SHA-256 of the whole body in base64url; of nothing when there is none. Asked for when a signed context has to be checked. */
  bodyDigest(): Promise<string>;
  /** What the service itself keeps for this caller, when it keeps sessions. */
  session?: { tenant: string | null; subject: string };
}

/** Hints of a service's own: a cookie, a certificate, a query parameter. Lower orders are asked first. */
export interface HintContributor {
  source: HintSource;
  order: number;
  collect(incoming: Incoming): Hint | null | Promise<Hint | null>;
}

/** What every transport asks. */
export interface TenantResolver {
  /** The tenant of what came in; throws FreeholdError, with the explanation, when it has none. */
  resolve(incoming: Incoming): Promise<TenantContext>;
}
