import { generateOpenApiDocument } from "trpc-to-openapi";
import { z } from "zod";
import { appRouter } from "@/server/api/root";
import { endpoint } from "./call";
import { toSnake } from "./keys";
import { problemCodes } from "./problem";
import { eventsRoute, routes, type Route } from "./routes";

type Json = Readonly<Record<string, unknown>>;

const description = `Everything that the console can do with organizations, environments and the fleet.

Send an API key: \`Authorization: Bearer fh_…\`. Names are in snake_case, moments are ISO 8601 in UTC.

Lists are pages: pass \`next\` or \`previous\` back as \`cursor\`. Where \`Idempotency-Key\` is taken, repeating a request
with the same key gives the first answer. Work that takes longer answers 202 with an operation; \`GET /operations/{operation}\`
and its events follow it. Errors are problem documents (RFC 9457); \`code\` is stable.`;

const Problem = z
  .object({
    type: z.literal("about:blank"),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().describe("A sentence for a person."),
    code: z.enum(problemCodes).describe("What went wrong, for a program."),
    request_id: z.uuid().describe("Finds the request in the server's log and in the audit trail."),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });

const tags: Record<string, string> = {
  navigation: "Me",
  audit: "Audit",
  clusters: "Clusters",
  credentials: "Credentials",
  environments: "Environments",
  findings: "Findings",
  invitations: "Invitations",
  isolation: "Isolation",
  members: "Members",
  operations: "Operations",
  organizations: "Organizations",
  placement: "Placement",
  pools: "Pools",
  resolution: "Resolution",
  services: "Services",
  tokens: "Tokens",
};

let cached: unknown;

/** The OpenAPI 3.1 document of everything below `/api/v1`. */
export function openApiDocument(): unknown {
  cached ??= build();
  return cached;
}

function build(): unknown {
  const generated = generateOpenApiDocument(appRouter, {
    title: "Freehold",
    version: "1",
    description,
    baseUrl: endpoint,
    securitySchemes: { api_key: { type: "http", scheme: "bearer", bearerFormat: "fh_…" } },
    defs: { Problem },
  });
  const document = json(inSnakeCase(generated));
  const components = json(document["components"]);
  return {
    ...document,
    paths: Object.fromEntries(pathsOf(json(document["paths"]))),
    components: {
      ...components,
      responses: {
        Problem: {
          description: "A problem document.",
          headers: { "X-Request-Id": { schema: { type: "string", format: "uuid" } } },
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
    tags: Object.values(tags).map((name) => ({ name })),
  };
}

function* pathsOf(paths: Json): Generator<[string, Json]> {
  const events = snakePath(eventsRoute);
  for (const [path, methods] of Object.entries(paths)) {
    const described = Object.entries(json(methods)).map(([method, operation]) => {
      const route = routes.find(
        (known) => known.method.toLowerCase() === method && snakePath(known) === path,
      );
      if (!route) throw new Error(`${method} ${path} is described, but it is no route.`);
      return [method, finish(json(operation), route)];
    });
    yield [path, Object.fromEntries(described)];
    if (events === `${path}/events`) yield [events, { get: describeEvents(json(methods)) }];
  }
}

const snakePath = (route: Route) =>
  route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `{${toSnake(name)}}`);

const problems = {
  read: [400, 401, 403, 404, 429, 500],
  write: [400, 401, 403, 404, 409, 412, 413, 415, 429, 500],
};

const problemResponses = (statuses: number[]) =>
  Object.fromEntries(statuses.map((status) => [status, { $ref: "#/components/responses/Problem" }]));

/** What the generator cannot know: the status of success, problem documents, headers. */
function finish(operation: Json, route: Route): Json {
  const responses = json(operation["responses"]);
  const parameters = Array.isArray(operation["parameters"]) ? operation["parameters"] : [];
  return {
    ...operation,
    operationId: route.name.replace(".", "_").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    tags: [tags[route.name.split(".")[0] ?? ""]],
    parameters: route.honoursIdempotencyKey ? [...parameters, idempotencyKey] : parameters,
    responses: {
      [route.status]: responses["200"],
      ...problemResponses(route.method === "GET" ? problems.read : problems.write),
    },
  };
}

const idempotencyKey = {
  in: "header",
  name: "Idempotency-Key",
  required: false,
  description: "Chosen by the caller, new for each intention. With it a repetition is safe.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x20-\\x7E]+$" },
};

function describeEvents(operationPath: Json): Json {
  const { parameters, security } = json(operationPath["get"]);
  return {
    operationId: "operations_events",
    summary: "Follow an operation",
    description:
      "Server-sent events named `operation`, each with the operation as JSON: now, and whenever it has moved. Ends with it.",
    tags: [tags["operations"]],
    security,
    parameters,
    responses: {
      200: {
        description: "A stream of events",
        content: { "text/event-stream": { schema: { type: "string" } } },
      },
      ...problemResponses(problems.read),
    },
  };
}

/** Names of properties and parameters as they travel; headers keep theirs. */
function inSnakeCase(node: unknown, parent = ""): unknown {
  if (Array.isArray(node)) {
    return node.map((inner) =>
      parent === "required" && typeof inner === "string" ? toSnake(inner) : inSnakeCase(inner),
    );
  }
  if (typeof node !== "object" || node === null) return node;
  const isParameter = "in" in node && node.in !== "header";
  return Object.fromEntries(
    Object.entries(node).map(([key, inner]) => {
      if (parent === "properties") return [toSnake(key), inSnakeCase(inner)];
      if (parent === "paths")
        return [key.replaceAll(/\{(\w+)\}/g, (_, name: string) => `{${toSnake(name)}}`), inSnakeCase(inner)];
      if (isParameter && key === "name" && typeof inner === "string") return [key, toSnake(inner)];
      return [key, inSnakeCase(inner, key)];
    }),
  );
}

function json(value: unknown): Json {
  if (typeof value !== "object" || value === null)
    throw new Error("The generated document has another shape than expected.");
  return { ...value };
}
