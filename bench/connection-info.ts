import { Agent, request as send, type IncomingHttpHeaders } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { request, type APIRequestContext } from "@playwright/test";
import { z } from "zod";
import { furnish, startConsole } from "./built-console";
import { startProgram } from "./child-program";
import { judge, summarize, throughput, type Result } from "./measure";

const perSecond = 500;
const longestMs = 5;
const concurrency = 8;

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
}

/** What services ask before they connect: warm answers of the built console over HTTP, at a steady rate and at full speed. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const seconds = quick ? 3 : 20;
  const { baseURL, server } = await startConsole();
  const visitor = await request.newContext({ baseURL });
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  try {
    const { tenant, key } = await makeService(visitor, baseURL);
    const url = `${baseURL}/internal/tenants/${tenant}/db-info`;
    const ask = (headers: Record<string, string> = {}) =>
      get(agent, url, { authorization: `Bearer ${key}`, ...headers });
    const warm = await warmUp(ask);
    const { etag = "" } = warm.headers;
    const bare = await startBare(warm);
    const askBare = () => expectStatus(get(agent, bare.url, { authorization: `Bearer ${key}` }), 200);
    // By turns, a second each: what the machine and this client add is in both.
    const [paced, pacedBare]: [number[], number[]] = [[], []];
    for (let second = 0; second < seconds; second++) {
      paced.push(...(await atPace(() => expectStatus(ask(), 200), 1)));
      pacedBare.push(...(await atPace(askBare, 1)));
    }
    bare.kill();
    const full = await throughput(perSecond * seconds, concurrency, () => expectStatus(ask(), 200));
    const unchanged = await throughput(perSecond * seconds, concurrency, () =>
      expectStatus(ask({ "if-none-match": etag }), 304),
    );
    const { p50, p95, p99 } = { ...summarize(paced), p99: percentile(paced, 0.99) };
    return judge({
      metric: `connection info p99 at ${perSecond} requests per second (ms)`,
      value: p99,
      limit: longestMs,
      holds: full >= perSecond,
      conditions: {
        seconds,
        p50,
        p95,
        bare: { ...summarize(pacedBare), p99: percentile(pacedBare, 0.99) },
        per_second: { full, unchanged, concurrency },
        reference: "the goal; bare is node:http with an answer as long, asked alike; all share the machine",
      },
    });
  } finally {
    agent.destroy();
    await visitor.dispose();
    server.kill("SIGKILL");
  }
}

const Service = z.object({ result: z.object({ data: z.object({ json: z.object({ key: z.string() }) }) }) });
const Environments = z.object({
  result: z.object({
    data: z.object({ json: z.object({ items: z.array(z.object({ id: z.string(), status: z.string() })) }) }),
  }),
});

/** A service with its key, and the tenant that it asks for. */
async function makeService(visitor: APIRequestContext, baseURL: string) {
  const organization = await furnish(visitor, baseURL);
  const data = { json: { name: "Orders", scopes: ["connect"], credentialScope: "readwrite", days: null } };
  const added = await visitor.post("/api/trpc/services.add", { headers: { origin: baseURL }, data });
  const { key } = Service.parse(await added.json()).result.data.json;
  const input = encodeURIComponent(JSON.stringify({ json: { organization } }));
  for (;;) {
    const listed = await visitor.get(`/api/trpc/environments.list?input=${input}`);
    const { items } = Environments.parse(await listed.json()).result.data.json;
    const active = items.find(({ status }) => status === "active");
    if (active) return { tenant: active.id, key };
    await wait(50);
  }
}

/** A server that has the same answer for everybody, of as many bytes. */
async function startBare({ headers }: Answer) {
  const { next, kill } = startProgram("bench/fixed-answer-child.ts", [headers["content-length"] ?? "1024"]);
  const { port } = z.object({ port: z.int() }).parse(await next());
  return { url: `http://127.0.0.1:${port}/`, kill };
}

async function warmUp(ask: () => Promise<Answer>): Promise<Answer> {
  for (let turn = 0; turn < 500; turn++) await ask();
  return ask();
}

/** Sends one request after another at an even pace, whether answers come or not; milliseconds of each. */
async function atPace(ask: () => Promise<void>, seconds: number): Promise<number[]> {
  const samples: number[] = [];
  const underWay: Promise<void>[] = [];
  const started = performance.now();
  for (let sent = 0; sent < perSecond * seconds;) {
    const due = Math.floor(((performance.now() - started) / 1000) * perSecond);
    for (; sent <= due; sent++) {
      const at = performance.now();
      underWay.push(ask().then(() => void samples.push(performance.now() - at)));
    }
    await wait(1);
  }
  await Promise.all(underWay);
  return samples;
}

async function expectStatus(answering: Promise<Answer>, status: number): Promise<void> {
  const answer = await answering;
  if (answer.status !== status) throw new Error(`It answered ${answer.status} instead of ${status}.`);
}

function get(agent: Agent, url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = send(url, { agent, headers }, (response) => {
      response.once("error", reject).once("end", () => {
        resolve({ status: response.statusCode, headers: response.headers });
      });
      response.resume();
    });
    sent.once("error", reject).end();
  });
}

const percentile = (samples: number[], p: number) =>
  samples.toSorted((a, b) => a - b)[Math.ceil(samples.length * p) - 1] ?? Number.NaN;
