import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { handleTrpc } from "@/server/api/handler";
import type { UserContext } from "@/server/kernel/context";
import { createApiWorld, type ApiWorld } from "@/server/testing/api-world";
import { json, refusal, restCaller } from "@/server/testing/rest";

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

test("a body that is no JSON, no object, too large or of another type is refused before anything happens", async () => {
  expect(await refusal(call("POST", "/organizations", json("{")))).toMatchObject({
    status: 400,
    code: "invalid",
  });
  expect(await refusal(call("POST", "/organizations", json("[]")))).toMatchObject({
    status: 400,
    code: "invalid",
  });
  expect(await refusal(call("POST", "/organizations", json("null")))).toMatchObject({
    status: 400,
    code: "invalid",
  });
  expect(
    await refusal(call("POST", "/organizations", json('{"a":'.repeat(100_000) + "1" + "}".repeat(100_000)))),
  ).toMatchObject({ status: 400 });
  expect(
    await refusal(call("POST", "/organizations", json(`{"name":"${"x".repeat(1_100_000)}"}`))),
  ).toMatchObject({ status: 413, code: "too_large" });
  const endless = new ReadableStream<Uint8Array>({
    pull: (stream) => stream.enqueue(new Uint8Array(100_000)),
  });
  const streamed = {
    headers: { "content-type": "application/json" },
    body: endless,
    duplex: "half" as const,
  };
  expect(await refusal(call("POST", "/organizations", streamed))).toMatchObject({ status: 413 });
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
  ]) {
    const response = call("POST", "/organizations", {
      headers: { "content-type": type },
      body: '{"name":"Acme"}',
    });
    expect(await refusal(response)).toMatchObject({ status: 415, code: "unsupported_media_type" });
  }
  expect(
    await refusal(call("POST", "/organizations", json(Buffer.from([0xff, 0xfe]).toString("latin1")))),
  ).toMatchObject({ status: 400 });
});

test("only snake_case is understood, and mistakes are named as the caller spells them", async () => {
  const { ctx, environment } = await world.organization(ann, "Spelling");
  await world.settle();
  const create = (body: object) =>
    refusal(call("POST", `/organizations/${ctx.organization.slug}/environments`, json(body)));
  expect(await create({ name: "A", slug: "a", envType: "test" })).toMatchObject({
    code: "invalid",
    fields: ["envType"],
  });
  expect(await create({ name: "A", slug: "a" })).toMatchObject({ code: "invalid", fields: ["env_type"] });
  expect(await create({ name: "A", slug: "a", env_type: "test", fav_colour: 1 })).toMatchObject({
    fields: ["fav_colour"],
    detail: "Unknown field: fav_colour.",
  });
  expect(await create({ name: "A", slug: "a", env_type: "test", organization: "other" })).toMatchObject({
    fields: ["organization"],
  });
  expect(
    await refusal(call("POST", "/organizations", json('{"name":"A","__proto__":{"tier":"enterprise"}}'))),
  ).toMatchObject({ fields: ["__proto__"] });
  expect(await refusal(call("GET", "/organizations?limit=1&limit=2"))).toMatchObject({
    code: "invalid",
    fields: ["limit"],
  });
  expect(await refusal(call("GET", "/organizations?limit=0"))).toMatchObject({
    code: "invalid",
    fields: ["limit"],
  });
  expect(await refusal(call("GET", "/organizations?cursor=bm9uc2Vuc2U"))).toMatchObject({
    code: "invalid",
    fields: ["cursor"],
  });
  expect(
    await refusal(call("POST", `/environments/${environment.id}/protect`, json({ is_protected: "false" }))),
  ).toMatchObject({ fields: ["is_protected"] });
});

test("this door never loosens the schemas that the console's door shares", async () => {
  const { environment } = await world.organization(ann, "Strictness");
  await world.settle();
  expect(
    (await call("POST", `/environments/${environment.id}/protect`, json({ is_protected: false }))).status,
  ).toBe(200);
  const body = JSON.stringify({ json: { environment: environment.id, isProtected: "false" } });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const response = await handleTrpc(
    new Request("http://localhost:3000/api/trpc/environments.protect", { method: "POST", headers, body }),
  );
  expect(response.status).toBe(400);
});

test("a repetition with the same Idempotency-Key gives the first answer, with another body a conflict", async () => {
  const once = (name: string, idempotencyKey = "k-1") =>
    call("POST", "/organizations", json({ name }, { "idempotency-key": idempotencyKey }));
  const first = await once("Twice");
  expect(first.status).toBe(202);
  const created: unknown = await first.json();
  const again = await once("Twice");
  expect(again.status).toBe(202);
  expect(await again.json()).toEqual(created);
  expect(await refusal(once("Thrice"))).toMatchObject({ status: 409, code: "conflict" });
  expect(await refusal(once("Other", "x".repeat(256)))).toMatchObject({
    status: 400,
    fields: ["Idempotency-Key"],
  });
  expect(await refusal(once("Other", "schlüssel"))).toMatchObject({ status: 400 });
});

test("an invitation that is repeated gives the same link, which is nowhere in the database", async () => {
  const { ctx } = await world.organization(ann, "Inviting");
  const invite = async () => {
    const headers = { "idempotency-key": "invite-1" };
    const response = await call(
      "POST",
      `/organizations/${ctx.organization.slug}/invitations`,
      json({ email: "bob@example.test", role: "member" }, headers),
    );
    expect(response.status).toBe(201);
    return z
      .object({ id: z.string(), link: z.string(), expires_at: z.iso.datetime() })
      .parse(await response.json());
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
    const response = await call(
      "POST",
      `/organizations/${ctx.organization.slug}/environments`,
      json({ name: slug, slug, env_type: "test" }),
    );
    return z.object({ environment: z.object({ id: z.string() }) }).parse(await response.json()).environment
      .id;
  };
  const [one, two] = [await add("one"), await add("two")];
  await world.settle();
  expect(await refusal(call("DELETE", `/environments/${one}`))).toMatchObject({
    status: 400,
    fields: ["confirm"],
  });
  expect(await refusal(call("DELETE", `/environments/${one}?confirm=two`))).toMatchObject({
    status: 400,
    fields: ["confirm"],
  });
  const deleted = await call("DELETE", `/environments/${one}?confirm=one`);
  expect(deleted.status).toBe(202);
  expect(deleted.headers.get("location")).toMatch(/^\/api\/v1\/operations\/[0-9a-f-]{36}$/);
  expect((await call("DELETE", `/environments/${two}`, json({ confirm: "two" }))).status).toBe(202);
  await world.settle();
  expect(await refusal(call("GET", `/environments/${one}`))).toMatchObject({ status: 404 });
});
