import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { z } from "zod";
import type { Database } from "./database";
import { Refusal } from "./refusal";
import { AddStudent, addStudent, ListStudents, listStudents, summarize } from "./students";
import type { Tenants } from "./tenants";

const mostBytes = 64 * 1024;

const Tenant = z.uuid("A tenant is named by its id, a UUID.").lowercase("A tenant's id is in lower case.");

interface Asked {
  database: Database;
  query: URLSearchParams;
  request: IncomingMessage;
}

const routes: Record<string, (asked: Asked) => Promise<[status: number, body: unknown]>> = {
  "GET students": async ({ database, query }) => {
    const input = parse(ListStudents, Object.fromEntries(query));
    return [200, await listStudents(database, input)];
  },
  "POST students": async ({ database, request }) => {
    const input = parse(AddStudent, await readJson(request));
    return [201, await addStudent(database, input)];
  },
  "GET summary": async ({ database }) => [200, await summarize(database)],
};

/** The service's HTTP door. `log` hears of errors that nobody foresaw, and callers hear nothing of them. */
export function createSchoolServer(tenants: Tenants, log: (error: unknown) => void): Server {
  return createServer((request, response) => {
    answer(tenants, request)
      .catch((error: unknown): [number, unknown] => {
        const refusal = error instanceof Refusal ? error : new Refusal(500, "Something went wrong.");
        if (refusal.status >= 500) log(error);
        return [refusal.status, { error: refusal.message }];
      })
      .then((answered) => send(response, answered))
      .catch(log);
  });
}

async function answer(tenants: Tenants, request: IncomingMessage): Promise<[status: number, body: unknown]> {
  const { pathname, searchParams } = locate(request);
  const [, tenant, noun] = /^\/tenants\/([^/]+)\/(students|summary)$/.exec(pathname) ?? [];
  if (!tenant) throw new Refusal(404, "There is nothing at this address.");
  const route = routes[`${request.method} ${noun}`];
  if (!route) throw new Refusal(405, "This address does not take this method.");
  return route({ database: tenants.of(parse(Tenant, tenant)), query: searchParams, request });
}

function locate({ url = "" }: IncomingMessage): URL {
  const base = "http://localhost";
  const found = URL.parse(`${base}${url}`);
  if (!found || found.origin !== base) throw new Refusal(400, "This is no address.");
  return found;
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
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
