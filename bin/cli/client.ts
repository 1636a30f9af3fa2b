import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { readAccess, type Access } from "./config";
import { Refused } from "./refused";

const packageFile = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
export const { version } = z.object({ version: z.string() }).parse(JSON.parse(packageFile));

type Query = Record<string, string | number | undefined>;

export interface Client {
  get(path: string, query?: Query): Promise<unknown>;
  send(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: object): Promise<unknown>;
  /** A POST that creates: a repetition after a broken connection creates nothing twice. */
  create(path: string, body: object): Promise<unknown>;
  /** Server-sent events, each parsed as JSON, until the server ends them. */
  events(path: string): AsyncGenerator<unknown>;
}

const Problem = z.object({ detail: z.string(), request_id: z.string() });
const attempts = 3;

/** Speaks to `/api/v1`. What Freehold refuses is thrown as a sentence with the request's id. */
export function connect(access: Access = readAccess()): Client {
  const base = `${access.url.replace(/\/+$/, "")}/api/v1`;

  async function call(
    path: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Response> {
    const headers = Object.assign(
      { authorization: `Bearer ${access.apiKey}`, "user-agent": `freehold-cli/${version}` },
      init.headers,
    );
    const mayRepeat = init.method === "GET" || "idempotency-key" in init.headers;
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(base + path, { ...init, headers });
        if (!response.ok) throw await refusalOf(response, access);
        return response;
      } catch (error) {
        if (error instanceof Refused) throw error;
        if (!mayRepeat || attempt === attempts)
          throw new Refused(`Freehold does not answer at ${access.url}. Is it running?`);
        await delay(100 * attempt);
      }
    }
  }

  return {
    async get(path, query = {}) {
      return (await call(path + queryString(query), { method: "GET", headers: {} })).json();
    },
    async send(method, path, body) {
      return (await call(path, { method, ...jsonBody(body) })).json();
    },
    async create(path, body) {
      const { headers, ...init } = jsonBody(body);
      return (
        await call(path, {
          method: "POST",
          ...init,
          headers: { ...headers, "idempotency-key": randomUUID() },
        })
      ).json();
    },
    async *events(path) {
      const response = await call(path, { method: "GET", headers: { accept: "text/event-stream" } });
      yield* eventsIn(response);
    },
  };
}

function jsonBody(body: object | undefined): { headers: Record<string, string>; body?: string } {
  return body
    ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
    : { headers: {} };
}

function queryString(query: Query): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  );
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}

async function refusalOf(response: Response, { url, from }: Access): Promise<Refused> {
  const text = await response.text();
  try {
    const { detail, request_id } = Problem.parse(JSON.parse(text));
    if (response.status === 401)
      return new Refused(
        `${url} does not take the API key ${from}. Log in with another: freehold login (request ${request_id})`,
      );
    return new Refused(`${detail} (request ${request_id})`);
  } catch {
    return new Refused(`What answers at ${url} is not Freehold: it said ${response.status}.`);
  }
}

async function* eventsIn(response: Response): AsyncGenerator<unknown> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true });
    const events = rest.split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = event.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice(6)] : []));
      if (data.length > 0) yield JSON.parse(data.join("\n"));
    }
  }
}
