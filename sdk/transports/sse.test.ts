import { EventEmitter, on, once } from "node:events";
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { expect, onTestFinished, test } from "vitest";
import type { TenantContext } from "../resolution/tenant-context.ts";
import { contextOf, createHttpWorld, createStore, tenants } from "../testing/http-world.ts";
import { listen, streamOf } from "../testing/listening.ts";
import { withTenant } from "./node.ts";
import { endWithTenant, eventHeaders, eventStream, type ServerSentEvent } from "./sse.ts";
import { createTenantLifetimes } from "./tenant-lifetimes.ts";

const asNode = (stream: ReadableStream<Uint8Array>) => stream as NodeStream<Uint8Array>;

/** A server that tells each tenant what `news` emits under its id, and emits `left` for a reader that has gone. */
async function start() {
  const world = await createHttpWorld();
  const lifetimes = createTenantLifetimes(world.store);
  const news = new EventEmitter();
  async function* told({ tenant }: TenantContext, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    try {
      yield { data: "hello" };
      for await (const [data] of on(news, tenant, { signal })) yield { event: "news", data: String(data) };
    } finally {
      news.emit("left", tenant);
    }
  }
  const listener = withTenant(
    world.resolver,
    async (_request, response, context) => {
      response.writeHead(200, eventHeaders);
      const stream = eventStream(context, lifetimes, (signal) => told(context, signal));
      await pipeline(Readable.fromWeb(asNode(stream)), response).catch(() => {});
    },
    { onError: (error) => void expect.unreachable(String(error)) },
  );
  const { port, close } = await listen(createServer(listener));
  onTestFinished(async () => {
    lifetimes.close();
    await close();
  });
  const subscribe = async (tenant: string, signal?: AbortSignal) => {
    const headers = { authorization: await world.bearer(tenant) };
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers, ...(signal && { signal }) });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    return { answer, reader, next: async () => (await reader.read()).value };
  };
  return { ...world, lifetimes, news, subscribe };
}

test("events of two tenants stay apart, and end with their tenant alone", async () => {
  const { news, store, subscribe } = await start();
  const [a, b] = [await subscribe(tenants.A), await subscribe(tenants.B)];
  expect(a.answer.headers.get("content-type")).toBe("text/event-stream");
  expect([await a.next(), await b.next()]).toEqual(["data: hello\n\n", "data: hello\n\n"]);
  news.emit(tenants.A, "for A");
  news.emit(tenants.B, "for B");
  expect([await a.next(), await b.next()]).toEqual([
    "event: news\ndata: for A\n\n",
    "event: news\ndata: for B\n\n",
  ]);
  const left = once(news, "left");
  store.setStatus(tenants.A, "suspended");
  const last = await a.next();
  expect(last).toMatch(/^event: refused\ndata: \{.*"code":"tenant_inactive".*\}\n\n$/);
  expect(last).not.toContain(tenants.A);
  expect(await a.reader.read()).toMatchObject({ done: true });
  expect(await left).toEqual([tenants.A]);
  news.emit(tenants.B, "still here");
  expect(await b.next()).toContain("still here");
});

test("a suspended tenant gets no stream", async () => {
  const { subscribe } = await start();
  expect((await subscribe(tenants.asleep)).answer.status).toBe(403);
});

test("the source stops when its reader goes away", async () => {
  const { news, subscribe } = await start();
  const away = new AbortController();
  const { next } = await subscribe(tenants.A, away.signal);
  expect(await next()).toContain("hello");
  const left = once(news, "left");
  away.abort();
  expect(await left).toEqual([tenants.A]);
  expect(news.listenerCount(tenants.A)).toBe(0);
});

test("line breaks of a value cannot begin a field or an event", async () => {
  const lifetimes = createTenantLifetimes(createStore());
  onTestFinished(() => lifetimes.close());
  const stream = eventStream(contextOf(tenants.A), lifetimes, async function* () {
    yield { event: "a\nid: 9", id: "1\r\n\ndata: x", data: "one\n\nevent: two\r\nthree\rfour" };
  });
  expect(await new Response(stream).text()).toBe(
    "event: a id: 9\nid: 1   data: x\ndata: one\ndata: \ndata: event: two\ndata: three\ndata: four\n\n",
  );
});

test("an error of the source breaks the stream off", async () => {
  const lifetimes = createTenantLifetimes(createStore());
  onTestFinished(() => lifetimes.close());
  const stream = eventStream(contextOf(tenants.A), lifetimes, async function* () {
    yield { data: "one" };
    throw new Error("no more");
  });
  await expect(new Response(stream).text()).rejects.toThrow("no more");
});

test("a long response ends whole by itself, and breaks off with its tenant", async () => {
  const store = createStore();
  const lifetimes = createTenantLifetimes(store);
  onTestFinished(() => lifetimes.close());
  const context = contextOf(tenants.A);
  const pieces = ["one", "two"].map((text) => Buffer.from(text));
  expect(await new Response(endWithTenant(context, lifetimes, streamOf(pieces))).text()).toBe("onetwo");

  let cancelled: unknown;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(8)),
    cancel: (reason) => void (cancelled = reason),
  });
  const reader = endWithTenant(context, lifetimes, endless).getReader();
  await reader.read();
  store.setStatus(tenants.A, "deleting");
  const rest = async () => {
    while (!(await reader.read()).done);
  };
  await expect(rest()).rejects.toMatchObject({ code: "tenant_inactive" });
  expect(cancelled).toMatchObject({ code: "tenant_inactive" });
});
