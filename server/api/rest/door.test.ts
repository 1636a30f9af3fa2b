import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { auth } from "@/server/auth/auth";
import { revokeApiKey } from "@/server/domain/api-keys/revoke";
import { listOrganizationAudit } from "@/server/domain/audit/list";
import { ListOrganizationAudit } from "@/server/domain/audit/schema";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import type { UserContext } from "@/server/kernel/context";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { json, refusal, restCaller } from "@/server/testing/rest";
import { handleRest } from "./handler";

let world: ApiWorld;
let ann: UserContext;
let key: string;
const call = restCaller(() => key);

beforeAll(async () => {
  world = await createApiWorld();
  ann = await world.person("Ann");
  key = await world.key(ann);
});
afterAll(() => world.end());

test("an address that is none is not found, and another method is refused with what is allowed", async () => {
  expect(await refusal(call("GET", "/nothing"))).toMatchObject({ status: 404, code: "not_found" });
  expect(await refusal(call("GET", "/organizations/acme/environments/prod/secrets"))).toMatchObject({
    status: 404,
  });
  expect(await refusal(call("GET", "/Organizations"))).toMatchObject({ status: 404 });
  const response = await call("PUT", "/organizations");
  expect(response.headers.get("allow")).toBe("POST, GET, HEAD");
  expect(await refusal(response)).toMatchObject({ status: 405, code: "method_not_allowed" });
});

test("what was recorded in the audit trail keeps its own spelling", async () => {
  const { ctx } = await world.organization(ann, "Recording");
  const response = await call(
    "GET",
    `/organizations/${ctx.organization.slug}/audit?action=environment.create`,
  );
  const entry = z
    .object({
      items: z.array(z.looseObject({ at: z.iso.datetime(), detail: z.record(z.string(), z.unknown()) })),
    })
    .parse(await response.json()).items[0];
  expect(entry).toMatchObject({
    detail: { envType: "production", slug: "prod" },
    subject: { kind: "environment" },
    request_id: expect.any(String),
  });
});

test("entries name the key and the door, and the command line by its user agent", async () => {
  const { ctx } = await world.organization(ann, "Doors");
  const rename = (name: string, agent: string) =>
    call("PATCH", `/organizations/${ctx.organization.slug}`, json({ name }, { "user-agent": agent }));
  const renamed = await rename("Doors 2", "curl/8");
  await rename("Doors 3", "freehold-cli/0.1.0");
  const { items } = await listOrganizationAudit(
    ctx,
    ListOrganizationAudit.parse({ organization: ctx.organization.slug, action: "organization.update" }),
  );
  expect(items.map((entry) => entry.door)).toEqual(["cli", "api"]);
  expect(items[1]).toMatchObject({
    actor: { kind: "api_key" },
    requestId: renamed.headers.get("x-request-id"),
  });
});

test("an operation is followed by events until it has ended", async () => {
  const { operation } = await world.organization(ann, "Events");
  const response = await call("GET", `/operations/${operation.id}/events`);
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const reading = response.text();
  await world.settle();
  const events = (await reading).split("\n\n").filter((event) => event.startsWith("event: operation"));
  const seen = events.map((event) =>
    z.looseObject({ status: z.string() }).parse(JSON.parse(event.slice(event.indexOf("data: ") + 6))),
  );
  expect(seen.at(-1)).toMatchObject({
    status: "succeeded",
    steps: [{ name: "create-database", status: "succeeded" }, {}, {}, {}, { name: "activate" }],
  });
  expect(await refusal(call("GET", "/operations/0195b1f0-0000-7000-8000-000000000000/events"))).toMatchObject(
    { status: 404 },
  );
});

test("a key that is revoked gets no further event", async () => {
  const { operation } = await world.organization(ann, "Revoked");
  const doomed = await world.key(ann);
  await world.db.$client.execute({
    sql: "update sys_operation set status = 'running', run_after = 99999999999999 where id = ?",
    args: [operation.id],
  });
  const response = await call("GET", `/operations/${operation.id}/events`, {
    headers: { authorization: `Bearer ${doomed}` },
  });
  const reader = (response.body ?? new ReadableStream()).getReader();
  expect((await reader.read()).done).toBe(false);
  const keys = await world.db.$client.execute("select id from api_key order by rowid desc limit 1");
  await revokeApiKey(ann, { apiKey: String(keys.rows[0]?.["id"]) });
  await world.db.$client.execute({
    sql: "update sys_operation set error = 'moved' where id = ?",
    args: [operation.id],
  });
  expect((await reader.read()).done).toBe(true);
});

test("a warm read of an environment takes at most two round trips to the database", async () => {
  const { environment, ctx } = await world.organization(ann, "Warm");
  await world.settle();
  for (const path of [
    `/environments/${environment.id}`,
    `/organizations/${ctx.organization.slug}/environments/prod`,
  ]) {
    await call("GET", path);
    const response = await call("GET", path);
    expect(response.status).toBe(200);
    expect(response.headers.get("server-timing")).toBe('sql;desc="2 round trips"');
  }
});

test("a refusal by the domain keeps its sentence and gets the status of its code", async () => {
  const { environment, ctx } = await world.organization(ann, "Refusals");
  await world.settle();
  expect(await refusal(call("POST", `/environments/${environment.id}/resume`))).toEqual({
    status: 412,
    code: "precondition",
    detail: "An environment that is active cannot be resumed.",
    fields: undefined,
  });
  await suspendEnvironment(await world.inEnvironment(ann, environment.id), {
    environment: environment.id,
    reason: "",
  });
  expect((await call("POST", `/environments/${environment.id}/resume`)).status).toBe(200);
  const taken = call(
    "POST",
    `/organizations/${ctx.organization.slug}/environments`,
    json({ name: "P", slug: "prod", env_type: "test" }),
  );
  expect(await refusal(taken)).toMatchObject({ status: 409, code: "conflict", fields: ["slug"] });
  expect(await refusal(call("GET", "/fleet/organizations"))).toMatchObject({
    status: 404,
    code: "not_found",
  });
});

test("a signed-in browser's cookie is no key here", async () => {
  const body = { name: "Eve", email: "eve@example.test", password: "correct horse battery" };
  const { headers } = await (await auth()).api.signUpEmail({ body, returnHeaders: true });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  expect(cookie).toContain("session_token=");
  const response = await handleRest(new Request("http://localhost:3000/api/v1/me", { headers: { cookie } }));
  expect(response.headers.get("www-authenticate")).toBe("Bearer");
  expect(await refusal(response)).toMatchObject({ status: 401, code: "unauthenticated" });
});

test("HEAD answers like GET, without a body", async () => {
  const response = await call("HEAD", "/me");
  expect([response.status, await response.text()]).toEqual([200, ""]);
});
