import type { AnyTRPCProcedure } from "@trpc/server";
import { appRouter } from "@/server/api/root";
import { methodOf, type RestMeta, type SuccessStatus } from "./meta";
import { Refusal } from "./problem";

type DescribedProcedure = AnyTRPCProcedure & { _def: { meta?: RestMeta } };

export interface Route {
  method: string;
  /** As in `/environments/{environment}/suspend`. */
  path: string;
  pattern: RegExp;
  /** Of the procedure, such as `environments.suspend`, or of an answer that is none. */
  name: string;
  status: SuccessStatus;
  honoursIdempotencyKey: boolean;
}

/** The procedures by their names. The router's type nests them, its table is flat. */
export function proceduresByName(): [name: string, procedure: DescribedProcedure][] {
  return Object.entries(appRouter._def.procedures as unknown as Record<string, DescribedProcedure>);
}

function routeTo(name: string, address: string, meta: RestMeta = {}): Route {
  const [method = "", path = ""] = address.split(" ");
  return {
    method: methodOf(method),
    path,
    pattern: new RegExp(`^${path.replaceAll(/\{([A-Za-z]+)\}/g, "(?<$1>[^/]+)")}$`),
    name,
    status: meta.status ?? 200,
    honoursIdempotencyKey: meta.honoursIdempotencyKey ?? false,
  };
}

export const documentRoute = routeTo("document", "GET /openapi.json");
export const eventsRoute = routeTo("events", "GET /operations/{operation}/events");

/** Everything below `/api/v1`. */
export const routes: readonly Route[] = [
  documentRoute,
  eventsRoute,
  ...proceduresByName().flatMap(([name, { _def }]) => {
    const openapi = _def.meta?.openapi;
    return openapi ? [routeTo(name, `${openapi.method} ${openapi.path}`, _def.meta)] : [];
  }),
];

/** The route of a path below `/api/v1`, with the parameters in it; throws 404, or 405 with what is allowed. */
export function findRoute(
  method: string,
  path: string,
): { route: Route; parameters: Record<string, string> } {
  const here = routes.filter((route) => route.pattern.test(path));
  if (here.length === 0)
    throw new Refusal({
      status: 404,
      code: "not_found",
      detail: "There is nothing here. GET /api/v1/openapi.json describes what there is.",
    });
  const route = here.find((candidate) => candidate.method === (method === "HEAD" ? "GET" : method));
  if (route) return { route, parameters: { ...route.pattern.exec(path)?.groups } };
  const allow = here
    .flatMap((candidate) => (candidate.method === "GET" ? ["GET", "HEAD"] : [candidate.method]))
    .join(", ");
  throw new Refusal({
    status: 405,
    code: "method_not_allowed",
    detail: `This address does not answer to ${method}. It answers to ${allow}.`,
    headers: { allow },
  });
}
