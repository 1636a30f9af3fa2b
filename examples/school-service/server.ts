import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Freehold } from "@freehold/sdk";
import type { TenantDatabase } from "@freehold/sdk/connections/tenant-database";
import { withTenant } from "@freehold/sdk/node";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";
import type { z } from "zod";
import { Refusal } from "./refusal";
import { AddStudent, addStudent, ListStudents, listStudents, summarize } from "./students";

const mostBytes = 64 * 1024;

type Work = (database: TenantDatabase) => Promise<unknown>;

const routes: Record<
  string,
  (request: IncomingMessage, query: URLSearchParams) => Promise<[status: number, work: Work]>
> = {
  "GET students": async (_, query) => {
    const input = parse(ListStudents, Object.fromEntries(query));
    return [200, (database) => listStudents(database, input)];
  },
  "POST students": async (request) => {
    const input = parse(AddStudent, await readJson(request));
    return [201, (database) => addStudent(database, input)];
  },
  "GET summary": async () => [200, summarize],
};

/**
 * The service's HTTP door. The SDK finds the tenant and answers what it refuses. `log` hears of
 * errors that nobody foresaw, and callers hear nothing of them.
 */
export function createSchoolServer(
  freehold: Pick<Freehold, "resolver" | "withDatabase">,
  log: (error: unknown) => void,
): Server {
  const listener = withTenant(
    freehold.resolver,
    async (request, response, tenant) => send(response, await answer(request, tenant)),
    { onError: log },
  );
  return createServer(listener);

  async function answer(request: IncomingMessage, tenant: TenantContext): Promise<[number, unknown]> {
    try {
      const [status, work] = await route(request);
      return [status, await freehold.withDatabase(tenant, work)];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [error.status, { status: error.status, detail: error.message }];
    }
  }
}

async function route(request: IncomingMessage): Promise<[status: number, work: Work]> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  const [, noun] = /^\/tenants\/[^/]+\/(students|summary)$/.exec(pathname) ?? [];
  if (!noun) throw new Refusal(404, "There is nothing at this address.");
  const found = routes[`${request.method} ${noun}`];
  if (!found) throw new Refusal(405, "This address does not take this method.");
  return found(request, searchParams);
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, [issue?.path.join("."), issue?.message].filter(Boolean).join(": "));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  // A body that is too long is read no further, and its sender still hears why.
  for await (const chunk of request.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.length > mostBytes) throw new Refusal(413, "A body has at most 64 KB.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not JSON.");
  }
}

function send(response: ServerResponse, [status, body]: [number, unknown]): void {
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}
