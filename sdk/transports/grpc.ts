import {
  InterceptingCall,
  Metadata,
  ServerInterceptingCall,
  status,
  type Interceptor,
  type ServerInterceptor,
  type ServiceDefinition,
} from "@grpc/grpc-js";
import type { TextMapGetter, TextMapSetter } from "@opentelemetry/api";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { digestOf, emptyDigest } from "../tokens/body-digest.ts";
import { contextHeader } from "../tokens/claims.ts";
import { grpcStatus } from "./grpc-status.ts";
import type { Incoming, TenantResolver } from "./incoming.ts";
import { tenantHeader } from "./message.ts";
import type { TenantSender } from "./outgoing.ts";
import { tell, type Observers } from "./report.ts";

/** Reads metadata; values of `-bin` keys are not text and are left out. */
export const metadataGetter: TextMapGetter<Metadata> = {
  keys: (metadata) => Object.keys(metadata.getMap()),
  get(metadata, name) {
    const values = metadata.get(name).filter((value) => typeof value === "string");
    return values.length > 0 ? values : undefined;
  },
};

/** Writes metadata. The tenant's name on the wire is `tenant-id` here. */
export const metadataSetter: TextMapSetter<Metadata> = {
  set: (metadata, name, value) => metadata.set(name === "x-tenant-id" ? tenantHeader : name, value),
};

const resolved = new WeakMap<Metadata, TenantContext>();
const callers = new WeakMap<Metadata, TenantContext>();
const requestBytes = new WeakMap<object, Uint8Array>();

/** What a service's handlers are registered with, so that a signed context can be held against the bytes of a request. */
export function tenantService<Definition extends ServiceDefinition>(definition: Definition): Definition {
  const entries = Object.entries(definition).map(([name, method]) => {
    const requestDeserialize = (bytes: Buffer): unknown => {
      const request: unknown = method.requestDeserialize(bytes);
      if (typeof request === "object" && request !== null) requestBytes.set(request, bytes);
      return request;
    };
    return [name, { ...method, requestDeserialize }] as const;
  });
  return asDefinition<Definition>(Object.fromEntries(entries));
}

const asDefinition = <Definition>(entries: object) => entries as Definition;

/** Whose call it is. Throws when the interceptor has not resolved it. */
export function tenantOf(call: { metadata: Metadata }): TenantContext {
  const context = resolved.get(call.metadata);
  if (!context)
    throw new Error("The call has no tenant: the server has no tenant interceptor, or exempts it.");
  return context;
}

/** A handler of any of the four kinds that gets the tenant as its first argument. */
export function withTenant<Rest extends [{ metadata: Metadata }, ...unknown[]], Result>(
  handler: (context: TenantContext, ...rest: Rest) => Result,
): (...rest: Rest) => Result {
  return (...rest) => handler(tenantOf(rest[0]), ...rest);
}

export interface ServerOptions extends Observers {
  resolver: TenantResolver;
  /** Paths of methods that need no tenant: "/grpc.health.v1.Health/Check". */
  exempt?: readonly string[];
}

/**
 * Resolves the tenant of each call before its handler starts. A call with one request is bound to
 * the bytes of it; one that streams requests is bound to its method alone.
 */
export function tenantServerInterceptor(options: ServerOptions): ServerInterceptor {
  const { resolver, exempt = [] } = options;
  const exempted = new Set(exempt);
  return (method, call) => {
    if (exempted.has(method.path)) return new ServerInterceptingCall(call);
    const body = Promise.withResolvers<string>();
    if (method.requestStream) body.resolve(emptyDigest);
    let deciding: Promise<TenantContext | null> = Promise.resolve(null);
    const decide = async (metadata: Metadata) => {
      const incoming: Incoming<Metadata> = {
        transport: "grpc",
        carrier: metadata,
        getter: metadataGetter,
        method: "POST",
        path: method.path,
        peer: call.getConnectionInfo().remoteAddress ?? null,
        bodyDigest: () => body.promise,
      };
      try {
        requireOneForm(metadata);
        const context = await resolver.resolve(incoming);
        resolved.set(metadata, context);
        return context;
      } catch (error) {
        call.sendStatus(grpcStatus(error));
        tell(options, error, incoming);
        return null;
      }
    };
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, pass) {
            deciding = decide(metadata);
            // The request of a unary call is read only when its metadata has been passed on.
            if (!method.requestStream) return pass(metadata);
            void deciding.then((context) => context && pass(metadata));
          },
          onReceiveMessage(message, pass) {
            if (method.requestStream) return pass(message);
            const bytes = isObject(message) ? requestBytes.get(message) : undefined;
            if (bytes) body.resolve(digestOf(bytes));
            else body.reject(new Error("The service was not added with tenantService()."));
            // Heard by whoever asks for the digest, and there may be nobody.
            body.promise.catch(() => undefined);
            void deciding.then((context) => context && pass(message));
          },
        }),
    });
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

// A value that is padded vanishes on its way: the context without the tenant shows it.
function requireOneForm(metadata: Metadata): void {
  const names = Object.keys(metadata.getMap());
  const ours = [tenantHeader, contextHeader];
  if (ours.some((name) => names.includes(`${name}-bin`)))
    throw new FreeholdError("invalid", `${tenantHeader} and ${contextHeader} are text.`);
  const [tenants = [], contexts = []] = ours.map((name) => metadata.get(name));
  if ([...tenants, ...contexts].includes("") || tenants.length > 1 || contexts.length > 1)
    throw new FreeholdError("invalid", `${tenantHeader} and ${contextHeader} have one value each.`);
  if (contexts.length > tenants.length)
    throw new FreeholdError("invalid", `A call with ${contextHeader} says its ${tenantHeader} too.`);
}

/** Metadata of a call for a tenant, for a client with the tenant interceptor. */
export function asTenant(context: TenantContext, metadata = new Metadata()): Metadata {
  callers.set(metadata, context);
  return metadata;
}

/**
 * Signs each call of a client for the tenant that `asTenant` names; one without is not sent.
 * `audience` is the name of the called service in Freehold.
 */
export function tenantClientInterceptor(sender: TenantSender, audience: string): Interceptor {
  return (options, nextCall) => {
    const { path, requestStream, requestSerialize } = options.method_definition;
    let isCancelled = false;
    let open: (bodyDigest: string) => void = () => undefined;
    return new InterceptingCall(nextCall(options), {
      start(metadata, listener, next) {
        const end = (code: status, details: string) =>
          listener.onReceiveStatus({ code, details, metadata: new Metadata() });
        const start = (signed: Metadata) => {
          // What has ended before it started would never be heard of again.
          if (isCancelled) end(status.CANCELLED, "Cancelled before it was sent.");
          else if (isOver(options.deadline))
            end(status.DEADLINE_EXCEEDED, "Deadline exceeded before it was sent.");
          else next(signed, listener);
        };
        open = (bodyDigest) => {
          const outgoing = { audience, method: "POST", path, bodyDigest };
          inject(sender, metadata, outgoing).then(start, (error: unknown) =>
            end(status.UNAUTHENTICATED, error instanceof Error ? error.message : "It could not be signed."),
          );
        };
        if (requestStream) open(emptyDigest);
      },
      sendMessage(message, next) {
        if (!requestStream) open(digestOf(requestSerialize(message)));
        // It waits for the metadata.
        next(message);
      },
      cancel(next) {
        isCancelled = true;
        next();
      },
    });
  };
}

function isOver(deadline: Date | number | undefined): boolean {
  return deadline !== undefined && Number(deadline) <= Date.now();
}

async function inject(
  sender: TenantSender,
  metadata: Metadata,
  outgoing: Parameters<TenantSender["inject"]>[1],
): Promise<Metadata> {
  const context = callers.get(metadata);
  if (!context) throw new Error("The call has no tenant: give it metadata of asTenant().");
  const signed = metadata.clone();
  await sender.inject(context, outgoing, signed, metadataSetter);
  return signed;
}
