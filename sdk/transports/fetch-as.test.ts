import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { contextOf, createHttpWorld, tenants } from "../testing/http-world.ts";
import { listen } from "../testing/listening.ts";
import { digestOf, emptyDigest } from "../tokens/body-digest.ts";
import { createFetchAs } from "./fetch-as.ts";
import type { Outgoing, TenantSender } from "./outgoing.ts";

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}

/** A server that notes what reaches it and answers with a redirect below /moved; and a sender that notes what it signs. */
async function start() {
  const seen: Seen[] = [];
  const signed: Outgoing[] = [];
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    void buffer(request).then((body) => {
      seen.push({ method, url, headers, body: body.toString() });
      if (url?.startsWith("/moved")) response.writeHead(307, { location: "/elsewhere" }).end();
      else response.end("ok");
    });
  });
  const { port, close } = await listen(server);
  onTestFinished(close);
  const { sender } = await createHttpWorld();
  const noting: TenantSender = {
    inject(context, outgoing, carrier, setter) {
      signed.push(outgoing);
      return sender.inject(context, outgoing, carrier, setter);
    },
  };
  const fetchAs = createFetchAs(noting);
  return {
    seen,
    signed,
    fetchAs,
    call: fetchAs(contextOf(tenants.A), "school"),
    url: `http://127.0.0.1:${port}`,
  };
}

test("the tenant and its proof cover the method, the path and the bytes that are sent", async () => {
  const { seen, signed, call, url } = await start();
  const form = new FormData();
  form.set("name", "Ada");
  const bodies: RequestInit[] = [
    {},
    { method: "POST", body: '{"a":1}', headers: { "content-type": "application/json" } },
    { method: "PUT", body: new Uint8Array([1, 2, 3]) },
    { method: "POST", body: new URLSearchParams({ q: "ä" }) },
    { method: "POST", body: form },
    { method: "delete" },
  ];
  for (const init of bodies) await call(`${url}/a%20b/?q=1&q=%2F#part`, init);
  expect(signed).toEqual(
    seen.map(({ method, url: path, body }) => ({
      audience: "school",
      method,
      path,
      bodyDigest: body === "" ? emptyDigest : expect.any(String),
    })),
  );
  expect(seen[0]?.url).toBe("/a%20b/?q=1&q=%2F");
  expect(signed[1]?.bodyDigest).toBe(digestOf('{"a":1}'));
  expect(signed[4]?.bodyDigest).toBe(digestOf(seen[4]!.body));
  expect(seen[4]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(seen.map(({ headers }) => headers["x-tenant-id"])).toEqual(bodies.map(() => tenants.A));
});

test("what the caller set of it is dropped", async () => {
  const { seen, call, url } = await start();
  const claimed = { "X-Tenant-Id": tenants.B, "x-environment-id": tenants.B, "x-freehold-context": "mine" };
  await call(url, { headers: { ...claimed, "x-request-id": "r1" } });
  expect(seen[0]?.headers).toMatchObject({ "x-tenant-id": tenants.A, "x-request-id": "r1" });
  expect(seen[0]?.headers["x-environment-id"]).toBeUndefined();
  expect(seen[0]?.headers["x-freehold-context"]).toMatch(/^eyJ/);
});

test("a redirect is the answer, and nothing goes where it leads", async () => {
  const { seen, call, url } = await start();
  for (const init of [{}, { redirect: "follow" }, { method: "POST", body: "x" }] as RequestInit[]) {
    const answer = await call(`${url}/moved`, init);
    expect([answer.status, answer.headers.get("location")]).toEqual([307, "/elsewhere"]);
  }
  await expect(call(`${url}/moved`, { redirect: "error" })).rejects.toThrow();
  expect(seen.map((request) => request.url)).toEqual(["/moved", "/moved", "/moved", "/moved"]);
});

test("two tenants at once are not swapped", async () => {
  const { seen, fetchAs, url } = await start();
  const calls = Array.from({ length: 60 }, (_, mark) => {
    const tenant = mark % 2 ? tenants.A : tenants.B;
    return fetchAs(contextOf(tenant), "school")(url, { method: "POST", body: tenant });
  });
  await Promise.all(calls);
  expect(seen.map(({ headers }) => headers["x-tenant-id"])).toEqual(seen.map(({ body }) => body));
});

test("a body that is too long to be held is refused and nothing is sent", async () => {
  const { seen, call, url } = await start();
  const body = new Uint8Array(1024 * 1024 + 1);
  await expect(call(url, { method: "POST", body })).rejects.toMatchObject({ code: "invalid" });
  expect(seen).toEqual([]);
});

test("a call that is given up is not sent", async () => {
  const { call, url } = await start();
  await expect(call(url, { signal: AbortSignal.abort() })).rejects.toThrow("aborted");
});

test("a request of Fetch is sent as it is, and its body is read once", async () => {
  const { seen, signed, call, url } = await start();
  const request = new Request(`${url}/r`, {
    method: "PATCH",
    body: "once",
    headers: { accept: "text/plain" },
  });
  expect(await (await call(request)).text()).toBe("ok");
  expect(seen).toMatchObject([
    { method: "PATCH", url: "/r", body: "once", headers: { accept: "text/plain" } },
  ]);
  expect(signed).toMatchObject([{ bodyDigest: digestOf("once") }]);
});
