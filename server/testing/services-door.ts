import { handleContextKeys, handlePutContextKey } from "@/server/api/internal/context-keys";
import { handleChanges, handleDbInfo, handleHost, handleTenant } from "@/server/api/internal/handler";
import { handleJwks } from "@/server/api/internal/jwks";
import { handlePublishOptions, handleTenantOptions } from "@/server/api/internal/options";
import { handleToken } from "@/server/api/internal/token";
import { handleViolations } from "@/server/api/internal/violations";
import { serve } from "./serve";

type Answering = (...parts: string[]) => Promise<Response>;

/** What services ask Freehold, on a port of its own, where it can be in trouble. */
export interface ServicesDoor {
  url: string;
  /** Every path that was asked for since the start, with its query, and when. */
  asked: { path: string; at: number }[];
  /** No answer from here on, and what waits for one is cut off. */
  stop(): void;
  /** At the same address again. */
  start(): Promise<void>;
  /** What becomes of an answer on its way, when a test wants it to be another one. */
  onItsWay: ((response: Response, path: string) => Response | Promise<Response>) | null;
}

/** The real handlers over HTTP. */
export async function openServicesDoor(port: number): Promise<ServicesDoor> {
  const routes = (request: Request): [RegExp, Answering][] => [
    [/^\/internal\/tenants\/changes$/, () => handleChanges(request)],
    [/^\/internal\/tenants\/([^/]+)\/db-info$/, (tenant = "") => handleDbInfo(request, tenant)],
    [
      /^\/internal\/tenants\/([^/]+)\/options\/([^/]+)$/,
      (tenant = "", name = "") => handleTenantOptions(request, { tenant, name }),
    ],
    [/^\/internal\/options\/([^/]+)$/, (name = "") => handlePublishOptions(request, name)],
    [/^\/internal\/tenants\/([^/]+)$/, (tenant = "") => handleTenant(request, tenant)],
    [/^\/internal\/hosts\/([^/]+)$/, (host = "") => handleHost(request, host)],
    [/^\/internal\/context-keys$/, () => handleContextKeys(request)],
    [/^\/internal\/context-keys\/([^/]+)$/, (kid = "") => handlePutContextKey(request, kid)],
    [/^\/internal\/token$/, () => handleToken(request)],
    [/^\/internal\/violations$/, () => handleViolations(request)],
    [/^\/\.well-known\/jwks\.json$/, () => handleJwks()],
  ];

  async function handle(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    door.asked.push({ path: pathname + search, at: performance.now() });
    for (const [path, answering] of routes(request)) {
      const match = path.exec(pathname);
      if (!match) continue;
      const response = await answering(...match.slice(1));
      return door.onItsWay ? door.onItsWay(response, pathname) : response;
    }
    return new Response(null, { status: 404 });
  }

  let server = await serve(handle, port);
  const { url } = server;
  const door: ServicesDoor = {
    url,
    asked: [],
    stop: () => server.stop(),
    async start() {
      server = await serve(handle, port);
    },
    onItsWay: null,
  };
  return door;
}
