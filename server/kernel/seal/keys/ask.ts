import { setTimeout as wait } from "node:timers/promises";
import type { z } from "zod";
import { serviceError } from "./key-service";

export interface Question<T> {
  /** What it is called in an error. */
  call: string;
  url: URL;
  /** Credentials may need a call of their own, which counts towards the limit. */
  headers(): Promise<Headers>;
  /** Posted as JSON; without it the question is a GET. */
  body?: unknown;
  answer: z.ZodType<T>;
  /** Whether a refusal is about the wrap itself. */
  isVerdict(status: number, body: unknown): boolean;
  timeoutMs: number;
}

const retryAfterMs = 200;
const busy = [429, 502, 503, 504];

/** Asks a key service over HTTP, once more when it is busy. Throws as `serviceError` does. */
export async function ask<T>(question: Question<T>): Promise<T> {
  const { call, answer, isVerdict } = question;
  const { status, body } = await send(question).catch((error: unknown) => {
    throw serviceError(call, nameOf(error), false);
  });
  if (status !== 200) throw serviceError(call, `status ${status}`, isVerdict(status, body));
  const parsed = answer.safeParse(body);
  if (!parsed.success) throw serviceError(call, "the answer is incomplete", false);
  return parsed.data;
}

async function send(question: Question<unknown>): Promise<{ status: number; body: unknown }> {
  const signal = AbortSignal.timeout(question.timeoutMs);
  const headers = await before(signal, question.headers());
  headers.set("content-type", "application/json");
  const once = () =>
    fetch(question.url, {
      method: question.body === undefined ? "GET" : "POST",
      headers,
      body: question.body === undefined ? null : JSON.stringify(question.body),
      // A redirect would take the credentials elsewhere.
      redirect: "error",
      signal,
    });
  let response = await once();
  if (busy.includes(response.status)) {
    await response.body?.cancel();
    await wait(retryAfterMs, undefined, { signal });
    response = await once();
  }
  const text = await response.text();
  return { status: response.status, body: response.ok ? JSON.parse(text) : jsonOrNull(text) };
}

/** The promise, or the signal's reason when that comes first. */
function before<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What went wrong, without its message: that may hold an address, a request or an answer. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return "Error";
  const codes = [error, error.cause].map((one) => (one instanceof Error && "code" in one ? one.code : null));
  const code = codes.find((one) => typeof one === "string");
  return typeof code === "string" ? code : error.name;
}
