import { createClient } from "@libsql/client/web";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment } from "@/drizzle/control/schema/environments";
import { handleChanges, handleDbInfo } from "@/server/api/internal/handler";
import { issueCredential } from "@/server/domain/credentials/issue";
import { revokeCredential } from "@/server/domain/credentials/revoke";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import { archiveEnvironment } from "@/server/domain/environments/archive";
import { createEnvironment } from "@/server/domain/environments/create";
import { deleteEnvironment } from "@/server/domain/environments/delete";
import { resumeEnvironment } from "@/server/domain/environments/resume";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { addService } from "@/server/domain/services/add";
import { revokeService } from "@/server/domain/services/revoke";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { startWorker, type Worker } from "@/server/sagas/worker";
import { Changes, code, DbInfo } from "@/server/testing/connect-answers";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { changeFeed } from "./change-feed";

let world: ApiWorld;
let operator: UserContext;
let ann: UserContext;
let acme: OrganizationContext;
let worker: Worker;
let key: string;
let next = 0;

beforeAll(async () => {
  world = await createApiWorld({ isServed: true });
  worker = startWorker({ db: world.db, drivers: world.drivers });
  operator = await world.person("Operator", { isOperator: true });
  ann = await world.person("Ann");
  acme = (await world.organization(ann, "Acme")).ctx;
  ({ key } = await addService(operator, {
    name: "Orders",
    scopes: ["connect", "changes"],
    credentialScope: "readwrite",
    days: null,
  }));
}, 60_000);

afterAll(async () => {
  await worker.stop();
  (await changeFeed(world.db)).stop();
  await world.end();
});

async function activeEnvironment(): Promise<EnvironmentContext> {
  const slug = `e-${next++}`;
  const { environment: made } = await createEnvironment(acme, {
    organization: acme.organization.slug,
    name: slug,
    slug,
    envType: "test",
  });
  await vi.waitFor(async () => expect(await statusOf(made.id)).toBe("active"), { timeout: 20_000 });
  return world.inEnvironment(ann, made.id);
}

async function statusOf(id: string) {
  const [row] = await world.db
    .select({ status: environment.status })
    .from(environment)
    .where(eq(environment.id, id));
  return row?.status;
}

const ask = (tenant: string, headers: Record<string, string> = {}) =>
  handleDbInfo(
    new Request(`http://localhost:3000/internal/tenants/${tenant}/db-info`, {
      headers: { authorization: `Bearer ${key}`, ...headers },
    }),
    tenant,
  );

async function info(tenant: string) {
  const response = await ask(tenant);
  expect(response.status).toBe(200);
  return DbInfo.parse(await response.json());
}

const changes = (query: string) =>
  handleChanges(
    new Request(`http://localhost:3000/internal/tenants/changes?${query}`, {
      headers: { authorization: `Bearer ${key}` },
    }),
  );

/** The same database at the data server of this world, which has a port of its own. */
const served = (url: string) => `${world.dataUrl}${new URL(url).pathname}`;

async function query(url: string, secret: string, sql = "SELECT count(*) AS n FROM sys_stamp") {
  const client = createClient({ url: served(url), authToken: secret });
  try {
    return (await client.execute(sql)).rows;
  } finally {
    client.close();
  }
}

test("a service learns where a tenant lives and gets in with what it is given", async () => {
  const here = await activeEnvironment();
  const found = await info(here.environment.id);
  expect(found).toMatchObject({ tenant: here.environment.id, credential: { scope: "readwrite" } });
  expect(await query(found.url, found.credential.secret)).toMatchObject([{ n: 1 }]);
});

test("an answer that has not changed is not sent again", async () => {
  const here = await activeEnvironment();
  const first = await ask(here.environment.id);
  const etag = first.headers.get("etag") ?? "";
  const again = await ask(here.environment.id, { "if-none-match": etag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const rotated = (await info(here.environment.id)).credential.id;
  await rotateCredential(here, { environment: here.environment.id, credential: rotated, overlapSeconds: 60 });
  await vi.waitFor(
    async () => expect((await ask(here.environment.id, { "if-none-match": etag })).status).toBe(200),
    { timeout: 20_000 },
  );
});

const refusals: [string, () => Promise<Response>, number, string][] = [
  ["no key", () => ask(crypto.randomUUID(), { authorization: "" }), 401, "unauthenticated"],
  [
    "a key of nobody",
    () => ask(crypto.randomUUID(), { authorization: `Bearer fhs_${"x".repeat(43)}` }),
    401,
    "unauthenticated",
  ],
  [
    "a person's API key",
    async () => ask(crypto.randomUUID(), { authorization: `Bearer ${await world.key(ann)}` }),
    401,
    "unauthenticated",
  ],
  ["a tenant that is not there", () => ask("00000000-0000-4000-8000-000000000000"), 404, "not_found"],
  ["a tenant in capitals", () => ask("00000000-0000-4000-8000-00000000000A"), 400, "invalid"],
  ["a slug", () => ask("prod"), 400, "invalid"],
  ["a path", () => ask("../fleet"), 400, "invalid"],
];

test.for(refusals)("%s is refused", async ([, request, status, expected]) => {
  const response = await request();
  expect([response.status, await code(response)]).toEqual([status, expected]);
});

test("a revoked key is refused within a second, one without the scope at once", async () => {
  const { service, key: doomed } = await addService(operator, {
    name: "Doomed",
    scopes: ["changes"],
    credentialScope: "readonly",
    days: null,
  });
  const here = await activeEnvironment();
  const knock = () => ask(here.environment.id, { authorization: `Bearer ${doomed}` });
  expect(await code(await knock())).toBe("forbidden");
  await revokeService(operator, { service: service.id });
  await vi.waitFor(async () => expect(await code(await knock())).toBe("unauthenticated"), { timeout: 1000 });
});

const ends = {
  suspended: (here: EnvironmentContext) =>
    suspendEnvironment(here, { environment: here.environment.id, reason: "" }),
  archived: (here: EnvironmentContext) =>
    archiveEnvironment(here, { environment: here.environment.id, reason: "Done" }),
  deleted: (here: EnvironmentContext) =>
    deleteEnvironment(here, { environment: here.environment.id, confirm: here.environment.slug }),
};

test.for(Object.entries(ends))(
  "a tenant that is %s is refused at every door within a second",
  async ([, end]) => {
    const here = await activeEnvironment();
    const { url, credential } = await info(here.environment.id);
    await query(url, credential.secret);
    await end(here);
    await vi.waitFor(
      async () => {
        expect([403, 404]).toContain((await ask(here.environment.id)).status);
        await expect(query(url, credential.secret)).rejects.toThrow(/TENANT_INACTIVE|AUTH_FAILED/);
      },
      { timeout: 1000, interval: 50 },
    );
  },
);

test("a resumed tenant is let in again with the credential that it had", async () => {
  const here = await activeEnvironment();
  const { url, credential } = await info(here.environment.id);
  await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
  await resumeEnvironment(here);
  await vi.waitFor(async () => expect(await query(url, credential.secret)).toHaveLength(1), {
    timeout: 2000,
  });
});

test("an open transaction ends when its credential is revoked", async () => {
  const here = await activeEnvironment();
  const { credential, secret, connection } = await issueCredential(here, {
    environment: here.environment.id,
    name: "Doomed",
    scope: "readwrite",
    days: 1,
  });
  const url = served(connection.url);
  const send = async (baton: string | null, sql: string) =>
    fetch(`${url}v2/pipeline`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ baton, requests: [{ type: "execute", stmt: { sql } }] }),
    });
  const begun: unknown = await (await send(null, "BEGIN")).json();
  const { baton } = z.looseObject({ baton: z.string() }).parse(begun);
  await revokeCredential(here, {
    environment: here.environment.id,
    credential: credential.id,
    reason: "Leaked",
  });
  await vi.waitFor(async () => expect((await send(baton, "SELECT 1")).status).toBe(401), { timeout: 2000 });
  await expect(query(connection.url, secret ?? "")).rejects.toThrow("AUTH_FAILED");
});

test("a token of one tenant opens no other one's database", async () => {
  const [mine, yours] = [await activeEnvironment(), await activeEnvironment()];
  const { credential } = await info(mine.environment.id);
  const { url } = await info(yours.environment.id);
  await expect(query(url, credential.secret)).rejects.toThrow("AUTH_FAILED");
});

test("the first delivery of a credential is on the tenant's trail, once per service", async () => {
  const here = await activeEnvironment();
  await info(here.environment.id);
  await info(here.environment.id);
  const entries = await world.db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.environmentId, here.environment.id));
  expect(entries.filter(({ action }) => action === "credential.deliver")).toMatchObject([
    { actorKind: "service", actorLabel: "Orders" },
  ]);
});

test("fifty services that ask at once for a scope that nobody had get one credential", async () => {
  const { key: admin } = await addService(operator, {
    name: "Migrations",
    scopes: ["connect"],
    credentialScope: "admin",
    days: 1,
  });
  const here = await activeEnvironment();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => ask(here.environment.id, { authorization: `Bearer ${admin}` })),
  );
  const ids = await Promise.all(
    answers.map(async (answer) => DbInfo.parse(await answer.json()).credential.id),
  );
  expect(new Set(ids).size).toBe(1);
});

test("what changed is told to who waits for it, and only what came after", async () => {
  const { next: since } = Changes.parse(await (await changes("")).json());
  const here = await activeEnvironment();
  const waiting = changes(`since=${since}&wait=20`);
  await suspendEnvironment(here, { environment: here.environment.id, reason: "" });
  const seen = Changes.parse(await (await waiting).json());
  expect(seen.reset).toBe(false);
  expect(seen.changes[0]?.seq).toBeGreaterThan(since);
  const rest = Changes.parse(await (await changes(`since=${since}&wait=0`)).json());
  expect(rest.changes.filter(({ tenant }) => tenant === here.environment.id).length).toBeGreaterThan(0);
  expect(Changes.parse(await (await changes("since=99999999&wait=0")).json()).reset).toBe(true);
  expect((await changes("since=-1")).status).toBe(400);
  expect((await changes("since=1&more=2")).status).toBe(400);
});

test("use is sampled: last access, size and the credential's last use", async () => {
  const here = await activeEnvironment();
  const { url, credential } = await info(here.environment.id);
  await query(url, credential.secret);
  await vi.waitFor(
    async () => {
      const [row] = await world.db
        .select({ at: databaseCredential.lastUsedAt })
        .from(databaseCredential)
        .where(eq(databaseCredential.id, credential.id));
      expect(row?.at).toBeInstanceOf(Date);
    },
    { timeout: 20_000 },
  );
});
