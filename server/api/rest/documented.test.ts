import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { builtInClusters } from "@/server/domain/clusters/names";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import type { UserContext } from "@/server/kernel/context";
import { packageFiles } from "@/server/testing/packages";
import { createScenes, type Scene } from "@/server/testing/scene";
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
  world = await createApiWorld({ isServed: true });
  boss = await world.person("Boss", { isOperator: true });
  scenes = createScenes(world, boss);
  untouched = await scenes.scene();
  keys = { boss: await world.key(boss), stranger: await world.key(await world.person("Stranger")) };
});
afterAll(() => world.end());

/** What refused calls are aimed at. */
let untouched: Scene;
let scenes: ReturnType<typeof createScenes>;

const sent = { "0001_sent.sql": "CREATE TABLE sent (id text NOT NULL PRIMARY KEY);" };

interface Call {
  body?: object | ((at: Scene) => object);
  query?: string | ((at: Scene) => string);
  before?: (at: Scene) => Promise<unknown>;
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
  organizations_set_residency: { body: { residency: "us-east" } },
  organizations_list_all: { query: "?limit=2" },
  environments_create: { body: { name: "Dev", slug: "dev", env_type: "development" } },
  environments_list: { query: "?search=stag&order=desc" },
  environments_get: {},
  environments_get_at: {},
  environments_inspect: {},
  environments_update: { body: { description: "For trying things" } },
  environments_protect: { body: { is_protected: true } },
  environments_set_default: {},
  environments_get_limits: {},
  environments_set_limits: { body: { storage_limit_mb: 2048 } },
  environments_suspend: { body: { reason: "Maintenance" } },
  environments_resume: { before: (at) => scenes.suspend(at) },
  environments_archive: { body: { reason: "Done" } },
  environments_retry: { before: (at) => scenes.addFailed(at) },
  environments_delete: { query: "?confirm=staging" },
  environments_recover: { before: (at) => scenes.delete(at) },
  environments_purge: { body: { confirm: "staging" }, before: (at) => scenes.delete(at) },
  credentials_connection: {},
  credentials_list: { query: "?status=active" },
  credentials_issue: { body: { name: "Reports", scope: "readonly", days: 7 } },
  credentials_rotate: { body: { overlap_seconds: 60 } },
  credentials_schedule: { body: { every_days: 30 } },
  credentials_revoke: { query: "?reason=Leaked" },
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
  clusters_add: {
    body: {
      name: "Nowhere",
      slug: "nowhere",
      driver: "postgres",
      region: "eu-west",
      labels: { "rack-no": "7" },
      admin_url: "postgresql://admin:secret@127.0.0.1:9/postgres",
    },
  },
  clusters_list: { query: "?driver=sqlite" },
  clusters_get: {},
  clusters_update: { body: { name: "Files" } },
  clusters_drain: { before: (at) => scenes.cluster("active")(at) },
  clusters_activate: { before: (at) => scenes.cluster("draining")(at) },
  clusters_check: { before: (at) => scenes.cluster("offline")(at) },
  clusters_remove: { before: (at) => scenes.cluster("draining")(at) },
  pools_add: { body: { name: "Schools", slug: "schools", cluster: builtInClusters.postgres, capacity: 5 } },
  pools_list: { query: "?state=active" },
  pools_get: { before: (at) => scenes.pool("active")(at) },
  pools_update: { before: (at) => scenes.pool("active")(at), body: { name: "Pupils", capacity: null } },
  pools_drain: { before: (at) => scenes.pool("active")(at) },
  pools_activate: { before: (at) => scenes.pool("draining")(at) },
  pools_install: {
    body: { version: "1.0.0" },
    before: async (at) => {
      await scenes.pool("active")(at);
      await scenes.publish({ draft: false })(at);
    },
  },
  pools_retry: { before: (at) => scenes.pool("failed")(at) },
  pools_remove: { before: (at) => scenes.pool("draining")(at) },
  packages_publish: {
    body: { files: packageFiles({ name: "com.example.sent", version: "1.0.0", schema: "sent" }, sent).files },
  },
  packages_list: { query: "?search=orders" },
  packages_get: { before: (at) => scenes.publish({ draft: false })(at) },
  packages_get_version: { before: (at) => scenes.publish({ draft: true })(at) },
  packages_publish_draft: { before: (at) => scenes.publish({ draft: true })(at) },
  packages_deprecate: {
    body: { reason: "It loses rows." },
    before: (at) => scenes.publish({ draft: false })(at),
  },
  packages_delete_draft: { before: (at) => scenes.publish({ draft: true })(at) },
  packages_places: { query: "?status=installed", before: (at) => scenes.publish({ draft: false })(at) },
  packages_installed: { query: "?limit=5" },
  packages_preview_install: { before: (at) => scenes.publish({ draft: false })(at) },
  packages_install: { body: { version: "1.0.0" }, before: (at) => scenes.publish({ draft: false })(at) },
  options_list: { query: "?search=check", before: (at) => scenes.setOptions(at) },
  options_get: { before: (at) => scenes.setOptions(at) },
  options_set: { body: { value: { maxItems: { perOrder: 5 } }, expected_version: 0, reason: "Sale" } },
  options_clear: { body: { expected_version: 2 }, before: (at) => scenes.setOptions(at) },
  options_history: { query: "?limit=1", before: (at) => scenes.setOptions(at) },
  options_get_version: { before: (at) => scenes.setOptions(at) },
  options_restore: { body: { version: 1, expected_version: 2 }, before: (at) => scenes.setOptions(at) },
  placement_get: {},
  placement_try: { query: "?region=us-east&residency=us-east&env_type=test" },
  placement_set_preset: { body: { preset: "DatabasePerTenant" } },
  placement_add_rule: { body: { name: "Trials", env_type: "trial", driver: "sqlite" } },
  placement_update_rule: {
    body: { name: "Tests", env_type: "test", driver: "sqlite", is_enabled: false },
    before: (at) => scenes.addRule(at),
  },
  placement_remove_rule: { before: (at) => scenes.addRule(at) },
  placement_order_rules: { body: { rules: [] }, before: () => scenes.dropRules() },
  tokens_issue: { body: ({ environment }) => ({ environment, audience: "students" }) },
  resolution_explain: { body: ({ environment }) => ({ headers: [`X-Tenant-Id: ${environment}`] }) },
  services_add: { body: { name: "Orders", scopes: ["connect"], credential_scope: "readonly" } },
  services_list: { query: "?search=ord" },
  services_revoke: { before: (at) => scenes.addService(at) },
  findings_list: { query: "?kind=orphan" },
  isolation_overview: { query: "?search=none" },
  isolation_findings: { query: "?state=closed&severity=high" },
  isolation_runs: { query: "?kind=lint" },
  findings_check: { body: {} },
  findings_adopt: {
    body: { organization: "scene-1", name: "Found", slug: "found", env_type: "test" },
    before: (at) => scenes.addOrphan(at),
  },
  findings_destroy: {
    query: ({ database }) => `?confirm=${database}`,
    before: (at) => scenes.addOrphan(at),
  },
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

const bodyOf = ({ body }: Call, at: Scene) => (typeof body === "function" ? body(at) : body);
const queryOf = ({ query = "" }: Call, at: Scene) => (typeof query === "string" ? query : query(at));
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
  const at = await scenes.scene();
  await call.before?.(at);
  const path = fill(operation.path, at) + queryOf(call, at);
  const response = await request(operation.method, path, { key: keys.boss, body: bodyOf(call, at) });
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
    const body = bodyOf(callOf(operation), untouched);
    const path = fill(operation.path, untouched);
    for (const key of [undefined, `fh_${"x".repeat(43)}`]) {
      await expectProblem(await request(operation.method, path, { key, body }), 401, "unauthenticated");
    }
  },
);

/** Everybody who has signed in reads these. */
const forAll = new Set(["GET /me", "GET /organizations", "POST /organizations", "GET /packages"]);

const ofSomebody = operations.filter(({ method, path }) => !forAll.has(`${method} ${path}`));

test.each(ofSomebody)("$method $path does not exist for another organization's key", async (operation) => {
  const call = callOf(operation);
  const path = fill(operation.path, untouched) + queryOf(call, untouched);
  const response = await request(operation.method, path, {
    key: keys.stranger,
    body: bodyOf(call, untouched),
  });
  await expectProblem(response, 404, "not_found");
});

test.each(operations)("$method $path refuses a field that it does not know", async (operation) => {
  const call = callOf(operation);
  const [inBody, query] = operation.requestBody
    ? [{ ...bodyOf(call, untouched), colour: "red" }, queryOf(call, untouched)]
    : [undefined, "?colour=red"];
  const path = fill(operation.path, untouched) + query;
  const response = await request(operation.method, path, { key: keys.boss, body: inBody });
  expect(JSON.stringify(await expectProblem(response, 400, "invalid"))).toContain("colour");
});
