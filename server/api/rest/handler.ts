import { TRPCError } from "@trpc/server";
import { createContext, type ApiContext } from "@/server/api/context";
import { countingRoundTrips } from "@/server/db/round-trips";
import { OperationRef } from "@/server/domain/operations/schema";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { callProcedure, endpoint } from "./call";
import { openApiDocument } from "./document";
import { streamOperation } from "./events";
import { withSnakeKeys } from "./keys";
import { problemResponse } from "./problem";
import { readInput } from "./read-input";
import { documentRoute, eventsRoute, findRoute, type Route } from "./routes";

/** The door for programs: `/api/v1`, JSON in snake_case, an API key and nothing else. */
export async function handleRest(request: Request): Promise<Response> {
  const requestId = newId();
  const tally = { count: 0 };
  const response = await countingRoundTrips(tally, () => answer(request, requestId));
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  response.headers.set("x-content-type-options", "nosniff");
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) return response;
  response.headers.set("server-timing", `sql;desc="${tally.count} round trips"`);
  return request.method === "HEAD" ? new Response(null, response) : response;
}

async function answer(request: Request, requestId: string): Promise<Response> {
  try {
    const { pathname } = new URL(request.url);
    const { route, parameters } = findRoute(request.method, pathname.slice(endpoint.length));
    if (route === documentRoute) return Response.json(openApiDocument());
    const ctx = await contextOf(request, route, requestId);
    const input = await readInput(request, parameters);
    if (route === eventsRoute) return await streamOperation(ctx, operationIn(input), request.signal);
    return success(route, await callProcedure(request, route, { ctx, input }));
  } catch (error) {
    return problemResponse(error, requestId);
  }
}

/** Cookies stay outside: without them no other site can act through a browser here. */
async function contextOf(request: Request, route: Route, requestId: string): Promise<ApiContext> {
  const headers = new Headers(request.headers);
  headers.delete("cookie");
  const ctx = await createContext(headers, "api");
  if (!ctx.identity)
    throw new DomainError("unauthenticated", "Send an API key that is valid: Authorization: Bearer fh_…");
  return {
    ...ctx,
    requestId,
    idempotencyKey: route.honoursIdempotencyKey ? idempotencyKeyOf(headers) : null,
  };
}

function operationIn(input: unknown): string {
  const parsed = OperationRef.safeParse(input);
  if (!parsed.success) throw new TRPCError({ code: "BAD_REQUEST", cause: parsed.error });
  return parsed.data.operation;
}

function idempotencyKeyOf(headers: Headers): string | null {
  const key = headers.get("idempotency-key");
  if (key === null || /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new DomainError("invalid", "Idempotency-Key must be 1 to 255 printable ASCII characters.", {
    field: "Idempotency-Key",
  });
}

function success(route: Route, data: unknown): Response {
  const operation = orderedOperation(data);
  const location =
    route.status === 202 && operation ? { location: `${endpoint}/operations/${operation}` } : undefined;
  return Response.json(withSnakeKeys(data), { status: route.status, headers: location });
}

function orderedOperation(data: unknown): string | null {
  if (typeof data !== "object" || data === null || !("operation" in data)) return null;
  const { operation } = data;
  const isNamed =
    typeof operation === "object" &&
    operation !== null &&
    "id" in operation &&
    typeof operation.id === "string";
  return isNamed ? String(operation.id) : null;
}
