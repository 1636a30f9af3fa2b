import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { createInvitation } from "@/server/domain/invitations/create";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { createEnvironment } from "@/server/domain/environments/create";
import { addMember } from "@/server/testing/add-member";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import type { UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { openApiDocument } from "./document";
import { handleRest } from "./handler";

const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ in: z.string(), name: z.string() })).default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(
    z.string(),
    z.object({ content: z.record(z.string(), z.object({ schema: z.json() })).optional() }),
  ),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.json()) }),
});

const { paths, components } = Document.parse(JSON.parse(JSON.stringify(openApiDocument())));
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method: method.toUpperCase(),
    ...operation,
  })),
);

/** A schema of the document as something that checks. */
function checker(schema: unknown) {
  const text = JSON.stringify({
    ...z.record(z.string(), z.unknown()).parse(schema),
    $defs: components.schemas,
  });
  return z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")));
}
const Problem = checker(components.schemas["Problem"]);

let world: ApiWorld;
let boss: UserContext;
let keys: { boss: string; stranger: string };

beforeAll(async () => {
  world = await createApiWorld();
  boss = await world.person("Boss", { isOperator: true });
  untouched = await scene();
  keys = { boss: await world.key(boss), stranger: await world.key(await world.person("Stranger")) };
});
afterAll(() => world.end());

let count = 0;
/** What refused calls are aimed at. */
let untouched: Scene;

/** An organization of the operation's own, with something of everything in it. */
async function scene() {
  const { ctx, operation } = await world.organization(boss, `Scene ${++count}`);
  const staging = await createEnvironment(ctx, {
    organization: ctx.organization.slug,
    name: "Staging",
    slug: "staging",
    envType: "staging",
  });
  const colleague = await addMember(world, ctx, "Colleague");
  const invitation = await createInvitation(ctx, {
    organization: ctx.organization.slug,
    email: `guest-${count}@example.test`,
    role: "member",
  });
  await world.settle();
  return {
    organization: ctx.organization.slug,
    environment: staging.environment.id,
    slug: "staging",
    operation: operation.id,
    invitation: invitation.id,
    user_id: String(colleague.user.id),
  };
}
type Scene = Awaited<ReturnType<typeof scene>>;

interface Call {
  body?: unknown;
  query?: string;
  before?: (at: Scene) => Promise<unknown>;
}

/** Puts a second environment beside staging, one whose provisioning has failed. */
async function addFailed(at: Scene): Promise<void> {
  const [row] = await world.db
    .select({ environment, database: environmentDatabase })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .where(eq(environment.id, at.environment));
  if (!row) throw new Error("The scene has no staging.");
  const id = newId();
  const databaseName = `env_${id.replaceAll("-", "")}`;
  await world.db.insert(environment).values({
    ...row.environment,
    id,
    slug: "broken",
    hostname: `broken-${count}.localhost`,
    status: "failed",
  });
  await world.db
    .insert(environmentDatabase)
    .values({ ...row.database, id: newId(), environmentId: id, databaseName });
  at.environment = id;
}

const put = (at: Scene) =>
  request("PUT", `/environments/${at.environment}/members/${at.user_id}`, {
    key: keys.boss,
    body: { role: "env_user" },
  });

/** What each operation is called with; one that is missing here fails its tests. */
const calls: Record<string, Call> = {
  navigation_me: {},
  organizations_create: { body: { name: "Fresh", region: "eu-west" } },
  organizations_list: { query: "?limit=1&sort=created" },
  organizations_get: {},
  organizations_update: { body: { name: "Renamed" } },
  organizations_list_all: { query: "?limit=2" },
  environments_create: { body: { name: "Dev", slug: "dev", env_type: "development" } },
  environments_list: { query: "?search=stag&order=desc" },
  environments_get: {},
  environments_get_at: {},
  environments_inspect: {},
  environments_update: { body: { description: "For trying things" } },
  environments_protect: { body: { is_protected: true } },
  environments_set_default: {},
  environments_suspend: { body: { reason: "Maintenance" } },
  environments_resume: {
    before: async (at) =>
      suspendEnvironment(await world.inEnvironment(boss, at.environment), {
        environment: at.environment,
        reason: "",
      }),
  },
  environments_archive: { body: { reason: "Done" } },
  environments_retry: { before: addFailed },
  environments_delete: { query: "?confirm=staging" },
  members_list: {},
  members_set_role: { body: { role: "admin" } },
  members_remove: {},
  members_list_environment: { before: put },
  members_set_environment: { body: { role: "env_maker" } },
  members_remove_environment: { before: put },
  invitations_create: { body: { email: "new@example.test", role: "admin" } },
  invitations_list: { query: "?status=pending" },
  invitations_revoke: {},
  operations_get: {},
  operations_events: {},
  operations_list: { query: "?status=succeeded" },
  operations_list_all: { query: "?limit=3" },
  audit_list: { query: "?action=environment.create" },
  audit_list_environment: { query: "?limit=2" },
};

function request(method: string, path: string, options: { key?: string | undefined; body?: unknown }) {
  return handleRest(
    new Request(`http://localhost:3000/api/v1${path}`, {
      method,
      headers: {
        ...(options.key ? { authorization: `Bearer ${options.key}` } : {}),
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    }),
  );
}

const fill = (path: string, at: Scene) => path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Scene) => at[name]);

async function expectProblem(response: Response, status: number, code: string) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body: unknown = await response.json();
  expect(Problem.parse(body)).toMatchObject({
    status,
    code,
    request_id: response.headers.get("x-request-id"),
  });
  expect(response.status).toBe(status);
  return body;
}

test("every documented operation has a call here, and every call an operation", () => {
  expect(Object.keys(calls).toSorted()).toEqual(
    operations.map((operation) => operation.operationId).toSorted(),
  );
});

const callOf = ({ operationId }: { operationId: string }) => calls[operationId] ?? {};

test.each(operations)("$method $path answers as documented", async (operation) => {
  const call = callOf(operation);
  const at = await scene();
  await call.before?.(at);
  const path = fill(operation.path, at) + (call.query ?? "");
  const response = await request(operation.method, path, { key: keys.boss, body: call.body });
  const [status = ""] = Object.keys(operation.responses);
  const type = response.headers.get("content-type") ?? "";
  const schema = operation.responses[status]?.content?.[type.split(";")[0] ?? ""]?.schema;
  expect({ status: response.status, type }).toEqual({
    status: Number(status),
    type: expect.stringMatching(/^(application\/json|text\/event-stream)/),
  });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  const text = await response.text();
  const answer: unknown = type.startsWith("application/json") ? JSON.parse(text) : text;
  expect(checker(schema).safeParse(answer).error).toBeUndefined();
});

test.each(operations)(
  "$method $path refuses a call without a key, and with a wrong one",
  async (operation) => {
    const { body } = callOf(operation);
    const path = fill(operation.path, untouched);
    for (const key of [undefined, `fh_${"x".repeat(43)}`]) {
      await expectProblem(await request(operation.method, path, { key, body }), 401, "unauthenticated");
    }
  },
);

const ofSomebody = operations.filter(({ path }) => path !== "/me" && path !== "/organizations");

test.each(ofSomebody)("$method $path does not exist for another organization's key", async (operation) => {
  const { body, query } = callOf(operation);
  const path = fill(operation.path, untouched) + (query ?? "");
  const response = await request(operation.method, path, { key: keys.stranger, body });
  await expectProblem(response, 404, "not_found");
});

test.each(operations)("$method $path refuses a field that it does not know", async (operation) => {
  const call = callOf(operation);
  const [inBody, query] = operation.requestBody
    ? [{ ...Object(call.body), colour: "red" }, call.query ?? ""]
    : [undefined, "?colour=red"];
  const path = fill(operation.path, untouched) + query;
  const response = await request(operation.method, path, { key: keys.boss, body: inBody });
  expect(JSON.stringify(await expectProblem(response, 400, "invalid"))).toContain("colour");
});
