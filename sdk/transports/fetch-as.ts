import type { TextMapSetter } from "@opentelemetry/api";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { contextHeader } from "../tokens/claims.ts";
import { digestOf } from "../tokens/body-digest.ts";
import { longestBody, readAll } from "./request-body.ts";
import type { TenantSender } from "./outgoing.ts";

export interface FetchAsOptions {
  fetch?: typeof fetch;
  /** The longest body, in bytes, that is sent: it is held in memory to be signed. 1 MiB unless given. */
  mostBodyBytes?: number;
}

export type FetchAs = (context: TenantContext, audience: string) => typeof fetch;

const headersSetter: TextMapSetter<Headers> = {
  set: (headers, key, value) => headers.set(key, value),
};

/** Every header that says whose a request is: only the sender sets them. */
const tenantHeaders = ["x-tenant-id", "x-environment-id", contextHeader];

/**
 * Calls other services for a tenant: `fetchAs(context, "assessments")(url, init)`. What says whose
 * the request is comes from `sender`, and covers the method, the path and the bytes of the body;
 * what the caller set of it is dropped. A redirect is the answer and is not followed: a context is
 * for one address. A body over `mostBodyBytes` is FreeholdError `invalid`.
 */
export function createFetchAs(sender: TenantSender, options: FetchAsOptions = {}): FetchAs {
  const send = options.fetch ?? fetch;
  return (context, audience) => async (input, init) => {
    const request = new Request(input, init);
    const bytes = request.body && (await readAll(request, options.mostBodyBytes ?? longestBody));
    const headers = new Headers(request.headers);
    for (const name of tenantHeaders) headers.delete(name);
    const { pathname, search } = new URL(request.url);
    const outgoing = {
      audience,
      method: request.method,
      path: pathname + search,
      bodyDigest: digestOf(bytes ?? ""),
    };
    await sender.inject(context, outgoing, headers, headersSetter);
    return send(request.url, {
      method: request.method,
      headers,
      body: bytes,
      signal: request.signal,
      redirect: request.redirect === "error" ? "error" : "manual",
    });
  };
}
