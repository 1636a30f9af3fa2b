import type { TRPCError } from "@trpc/server";
import { createOpenApiFetchHandler } from "trpc-to-openapi";
import { z } from "zod";
import type { ApiContext } from "@/server/api/context";
import { appRouter } from "@/server/api/root";
import { proceduresByName, type Route } from "./routes";

export const endpoint = "/api/v1";

/**
 * The router as trpc-to-openapi gets to see it when it handles a request. To read query
 * strings it would switch the schemas of a procedure to coercion for good, and then the
 * console would take "false" for true; so it sees none, and the procedure parses as always.
 */
const withoutSchemas = Object.assign({}, appRouter, {
  _def: {
    ...appRouter._def,
    procedures: Object.fromEntries(
      proceduresByName().map(([name, procedure]) => [
        name,
        Object.assign({}, procedure, { _def: { ...procedure._def, inputs: [], output: z.unknown() } }),
      ]),
    ),
  },
});

/** Has the procedure of the route do its work; throws its TRPCError. */
export async function callProcedure(
  request: Request,
  route: Route,
  call: { ctx: ApiContext; input: Record<string, unknown> },
): Promise<unknown> {
  const { ctx, input } = call;
  let failure: TRPCError | undefined;
  const response = await createOpenApiFetchHandler({
    endpoint,
    req: plainRequest(request, route, input),
    router: withoutSchemas,
    createContext: () => ctx,
    onError: ({ error }) => {
      failure = error;
    },
  });
  if (failure) throw failure;
  return response.json();
}

/** The request with nothing left to interpret: input in the procedures' spelling, where the method carries it. */
function plainRequest(request: Request, route: Route, input: Record<string, unknown>): Request {
  const url = new URL(request.url);
  url.search = "";
  const { method } = route;
  if (method !== "GET" && method !== "DELETE") {
    const headers = { "content-type": "application/json" };
    return new Request(url, { method, headers, body: JSON.stringify(input), signal: request.signal });
  }
  for (const [key, value] of Object.entries(input)) url.searchParams.set(key, String(value));
  return new Request(url, { method, signal: request.signal });
}
