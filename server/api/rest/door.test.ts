import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { handleTrpc } from "@/server/api/handler";
import { auth } from "@/server/auth/auth";
import { listOrganizationAudit } from "@/server/domain/audit/list";
import { ListOrganizationAudit } from "@/server/domain/audit/schema";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { revokeApiKey } from "@/server/domain/api-keys/revoke";
import type { UserContext } from "@/server/kernel/context";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { handleRest } from "./handler";

let world: ApiWorld;
let ann: UserContext;
let key: string;

beforeAll(async () => {
  world = await createApiWorld();
  ann = await world.person("Ann");
  key = await world.key(ann);
});
afterAll(() => world.end());

function call(method: string, path: string, init: RequestInit & { duplex?: "half" } = {}) {
  const headers = new Headers({ authorization: `Bearer ${key}` });
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  return handleRest(new Request(`http://localhost:3000/api/v1${path}`, { ...init, method, headers }));
}

const json = (body: unknown, headers: Record<string, string> = {}) => ({
  headers: { "content-type": "application/json", ...headers },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

async function refusal(response: Response | Promise<Response>) {
  const { status, code, detail, fields } = z
    .object({ status: z.number(), code: z.string(), detail: z.string(), fields: z.array(z.object({ path: z.string() })).optional() })
    .parse(await (await response).json());
  expect(status).toBe((await response).status);
  return { status, code, detail, fields: fields?.map((field) => field.path) };
}

test("an address that is none is not found, and another method is refused with what is allowed", async () => {
  expect(await refusal(call("GET", "/nothing"))).toMatchObject({ status: 404, code: "not_found" });
  expect(await refusal(call("GET", "/organizations/acme/environments/prod/secrets"))).toMatchObject({ status: 404 });
  expect(await refusal(call("GET", "/Organizations"))).toMatchObject({ status: 404 });
  const response = await call("PUT", "/organizations");
  expect(response.headers.get("allow")).toBe("POST, GET, HEAD");
  expect(await refusal(response)).toMatchObject({ status: 405, code: "method_not_allowed" });
});

test("a body that is no JSON, no object, too large or of another type is refused before anything happens", async () => {
  expect(await refusal(call("POST", "/organizations", json("{")))).toMatchObject({ status: 400, code: "invalid" });
  expect(await refusal(call("POST", "/organizations", json("[]")))).toMatchObject({ status: 400, code: "invalid" });
  expect(await refusal(call("POST", "/organizations", json("null")))).toMatchObject({ status: 400, code: "invalid" });
  expect(await refusal(call("POST", "/organizations", json('{"a":'.repeat(100_000) + "1" + "}".repeat(100_000))))).toMatchObject({ status: 400 });
  expect(await refusal(call("POST", "/organizations", json(`{"name":"${"x".repeat(1_100_000)}"}`)))).toMatchObject({ status: 413, code: "too_large" });
  const endless = new ReadableStream<Uint8Array>({ pull: (stream) => stream.enqueue(new Uint8Array(100_000)) });
  const streamed = { headers: { "content-type": "application/json" }, body: endless, duplex: "half" as const };
  expect(await refusal(call("POST", "/organizations", streamed))).toMatchObject({ status: 413 });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"]) {
    const response = call("POST", "/organizations", { headers: { "content-type": type }, body: '{"name":"Acme"}' });
    expect(await refusal(response)).toMatchObject({ status: 415, code: "unsupported_media_type" });
  }
  expect(await refusal(call("POST", "/organizations", json(Buffer.from([0xff, 0xfe]).toString("latin1"))))).toMatchObject({ status: 400 });
});

test("only snake_case is understood, and mistakes are named as the caller spells them", async () => {
  const { ctx, environment } = await world.organization(ann, "Spelling");
  await world.settle();
  const create = (body: object) => refusal(call("POST", `/organizations/${ctx.organization.slug}/environments`, json(body)));
  expect(await create({ name: "A", slug: "a", envType: "test" })).toMatchObject({ code: "invalid", fields: ["envType"] });
  expect(await create({ name: "A", slug: "a" })).toMatchObject({ code: "invalid", fields: ["env_type"] });
  expect(await create({ name: "A", slug: "a", env_type: "test", fav_colour: 1 })).toMatchObject({ fields: ["fav_colour"], detail: "Unknown field: fav_colour." });
  expect(await create({ name: "A", slug: "a", env_type: "test", organization: "other" })).toMatchObject({ fields: ["organization"] });
  expect(await refusal(call("POST", "/organizations", json('{"name":"A","__proto__":{"tier":"enterprise"}}')))).toMatchObject({ fields: ["__proto__"] });
  expect(await refusal(call("GET", "/organizations?limit=1&limit=2"))).toMatchObject({ code: "invalid", fields: ["limit"] });
  expect(await refusal(call("GET", "/organizations?limit=0"))).toMatchObject({ code: "invalid", fields: ["limit"] });
  expect(await refusal(call("GET", "/organizations?cursor=bm9uc2Vuc2U"))).toMatchObject({ code: "invalid", fields: ["cursor"] });
  expect(await refusal(call("POST", `/environments/${environment.id}/protect`, json({ is_protected: "false" })))).toMatchObject({ fields: ["is_protected"] });
});

test("this door never loosens the schemas that the console's door shares", async () => {
  const { environment } = await world.organization(ann, "Strictness");
  await world.settle();
  expect((await call("POST", `/environments/${environment.id}/protect`, json({ is_protected: false }))).status).toBe(200);
  const body = JSON.stringify({ json: { environment: environment.id, isProtected: "false" } });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const response = await handleTrpc(new Request("http://localhost:3000/api/trpc/environments.protect", { method: "POST", headers, body }));
  expect(response.status).toBe(400);
});

test("a repetition with the same Idempotency-Key gives the first answer, with another body a conflict", async () => {
  const once = (name: string, idempotencyKey = "k-1") => call("POST", "/organizations", json({ name }, { "idempotency-key": idempotencyKey }));
  const first = await once("Twice");
  expect(first.status).toBe(202);
  const created: unknown = await first.json();
  const again = await once("Twice");
  expect(again.status).toBe(202);
  expect(await again.json()).toEqual(created);
  expect(await refusal(once("Thrice"))).toMatchObject({ status: 409, code: "conflict" });
  expect(await refusal(once("Other", "x".repeat(256)))).toMatchObject({ status: 400, fields: ["Idempotency-Key"] });
  expect(await refusal(once("Other", "schlüssel"))).toMatchObject({ status: 400 });
});

test("an invitation that is repeated gives the same link, which is nowhere in the database", async () => {
  const { ctx } = await world.organization(ann, "Inviting");
  const invite = async () => {
    const headers = { "idempotency-key": "invite-1" };
    const response = await call("POST", `/organizations/${ctx.organization.slug}/invitations`, json({ email: "bob@example.test", role: "member" }, headers));
    expect(response.status).toBe(201);
    return z.object({ id: z.string(), link: z.string(), expires_at: z.iso.datetime() }).parse(await response.json());
  };
  const first = await invite();
  expect(await invite()).toEqual(first);
  const token = new URL(first.link).searchParams.get("token") ?? "";
  const kept = await world.db.$client.execute("select response from sys_idempotency_key");
  expect(JSON.stringify(kept.rows)).not.toContain(token);
});

test("a deletion takes its confirmation from the query or from the body", async () => {
  const { ctx } = await world.organization(ann, "Deleting");
  const add = async (slug: string) => {
    const response = await call("POST", `/organizations/${ctx.organization.slug}/environments`, json({ name: slug, slug, env_type: "test" }));
    return z.object({ environment: z.object({ id: z.string() }) }).parse(await response.json()).environment.id;
  };
  const [one, two] = [await add("one"), await add("two")];
  await world.settle();
  expect(await refusal(call("DELETE", `/environments/${one}`))).toMatchObject({ status: 400, fields: ["confirm"] });
  expect(await refusal(call("DELETE", `/environments/${one}?confirm=two`))).toMatchObject({ status: 400, fields: ["confirm"] });
  const deleted = await call("DELETE", `/environments/${one}?confirm=one`);
  expect(deleted.status).toBe(202);
  expect(deleted.headers.get("location")).toMatch(/^\/api\/v1\/operations\/[0-9a-f-]{36}$/);
  expect((await call("DELETE", `/environments/${two}`, json({ confirm: "two" }))).status).toBe(202);
  await world.settle();
  expect(await refusal(call("GET", `/environments/${one}`))).toMatchObject({ status: 404 });
});

test("what was recorded in the audit trail keeps its own spelling", async () => {
  const { ctx } = await world.organization(ann, "Recording");
  const response = await call("GET", `/organizations/${ctx.organization.slug}/audit?action=environment.create`);
  const entry = z.object({ items: z.array(z.looseObject({ at: z.iso.datetime(), detail: z.record(z.string(), z.unknown()) })) }).parse(await response.json()).items[0];
  expect(entry).toMatchObject({ detail: { envType: "production", slug: "prod" }, subject: { kind: "environment" }, request_id: expect.any(String) });
});

test("entries name the key and the door, and the command line by its user agent", async () => {
  const { ctx } = await world.organization(ann, "Doors");
  const rename = (name: string, agent: string) => call("PATCH", `/organizations/${ctx.organization.slug}`, json({ name }, { "user-agent": agent }));
  const renamed = await rename("Doors 2", "curl/8");
  await rename("Doors 3", "freehold-cli/0.1.0");
  const { items } = await listOrganizationAudit(ctx, ListOrganizationAudit.parse({ organization: ctx.organization.slug, action: "organization.update" }));
  expect(items.map((entry) => entry.door)).toEqual(["cli", "api"]);
  expect(items[1]).toMatchObject({ actor: { kind: "api_key" }, requestId: renamed.headers.get("x-request-id") });
});

test("an operation is followed by events until it has ended", async () => {
  const { operation } = await world.organization(ann, "Events");
  const response = await call("GET", `/operations/${operation.id}/events`);
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const reading = response.text();
  await world.settle();
  const events = (await reading).split("\n\n").filter((event) => event.startsWith("event: operation"));
  const seen = events.map((event) => z.looseObject({ status: z.string() }).parse(JSON.parse(event.slice(event.indexOf("data: ") + 6))));
  expect(seen.at(-1)).toMatchObject({ status: "succeeded", steps: [{ name: "create-database", status: "succeeded" }, {}, {}] });
  expect(await refusal(call("GET", "/operations/0195b1f0-0000-7000-8000-000000000000/events"))).toMatchObject({ status: 404 });
});

test("a key that is revoked gets no further event", async () => {
  const { operation } = await world.organization(ann, "Revoked");
  const doomed = await world.key(ann);
  await world.db.$client.execute({ sql: "update sys_operation set status = 'running', run_after = 99999999999999 where id = ?", args: [operation.id] });
  const response = await call("GET", `/operations/${operation.id}/events`, { headers: { authorization: `Bearer ${doomed}` } });
  const reader = (response.body ?? new ReadableStream()).getReader();
  expect((await reader.read()).done).toBe(false);
  const keys = await world.db.$client.execute("select id from api_key order by rowid desc limit 1");
  await revokeApiKey(ann, { apiKey: String(keys.rows[0]?.["id"]) });
  await world.db.$client.execute({ sql: "update sys_operation set error = 'moved' where id = ?", args: [operation.id] });
  expect((await reader.read()).done).toBe(true);
});

test("a warm read of an environment takes at most two round trips to the database", async () => {
  const { environment, ctx } = await world.organization(ann, "Warm");
  await world.settle();
  for (const path of [`/environments/${environment.id}`, `/organizations/${ctx.organization.slug}/environments/prod`]) {
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
    status: 412, code: "precondition", detail: "An environment that is active cannot be resumed.", fields: undefined,
  });
  await suspendEnvironment(await world.inEnvironment(ann, environment.id), { environment: environment.id, reason: "" });
  expect((await call("POST", `/environments/${environment.id}/resume`)).status).toBe(200);
  const taken = call("POST", `/organizations/${ctx.organization.slug}/environments`, json({ name: "P", slug: "prod", env_type: "test" }));
  expect(await refusal(taken)).toMatchObject({ status: 409, code: "conflict", fields: ["slug"] });
  expect(await refusal(call("GET", "/fleet/organizations"))).toMatchObject({ status: 404, code: "not_found" });
});

test("a signed-in browser's cookie is no key here", async () => {
  const body = { name: "Eve", email: "eve@example.test", password: "correct horse battery" };
  const { headers } = await (await auth()).api.signUpEmail({ body, returnHeaders: true });
  const cookie = headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  expect(cookie).toContain("session_token=");
  const response = await handleRest(new Request("http://localhost:3000/api/v1/me", { headers: { cookie } }));
  expect(response.headers.get("www-authenticate")).toBe("Bearer");
  expect(await refusal(response)).toMatchObject({ status: 401, code: "unauthenticated" });
});

test("HEAD answers like GET, without a body", async () => {
  const response = await call("HEAD", "/me");
  expect([response.status, await response.text()]).toEqual([200, ""]);
});
