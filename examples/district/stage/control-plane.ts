import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

const Ordered = z.object({ operation: z.object({ id: z.string() }) });
const Operation = z.object({ title: z.string(), status: z.string(), error: z.string().nullable() });
const Problem = z.object({ detail: z.string().optional() });

const pauseMs = 100;

/** Freehold's REST API, with the key of an operator. */
export class ControlPlane {
  readonly url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.url = url;
    this.#key = key;
  }

  get(path: string): Promise<unknown> {
    return this.#call("GET", path);
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.#call("POST", path, body);
  }

  put(path: string, body: unknown): Promise<unknown> {
    return this.#call("PUT", path, body);
  }

  /** Waits until what an answer ordered is done. */
  async settle<Answer>(answer: Answer): Promise<Answer> {
    const { operation } = Ordered.parse(answer);
    for (;;) {
      const { title, status, error } = Operation.parse(await this.get(`/operations/${operation.id}`));
      if (status === "succeeded") return answer;
      if (status === "failed") throw new Error(`${title} failed: ${error ?? "nobody knows why"}`);
      await delay(pauseMs);
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        "content-type": "application/json",
        ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { detail } = Problem.parse(answer);
    throw new Error(`${method} ${path}: ${detail ?? response.status}`);
  }
}
