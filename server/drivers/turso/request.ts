import { setTimeout as delay } from "node:timers/promises";
import type { Semaphore } from "async-mutex";
import type { z } from "zod";
import { DomainError } from "@/server/kernel/errors";
import type { Secret } from "@/server/kernel/secret";
import type { Patience } from "./wait";

export interface Door {
  /** Ends with a slash. */
  url: URL;
  token: Secret;
  patience: Patience;
  /** Held while a request is under way. */
  places: Semaphore;
}

export interface Call<T> {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below the door's URL. */
  path: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  /** Left out where the answer does not matter, or is empty. */
  answer?: z.ZodType<T>;
}

/** `missing` and `taken` are for the caller to judge: 404 and 409. */
export type Outcome<T> = { status: "done"; value: T | null } | { status: "missing" } | { status: "taken" };

const mostSlowDowns = 4;

/** What a person has to mend. Nothing that Turso writes is repeated: it may repeat what it was sent. */
const mends: Record<number, string> = {
  401: "Turso does not accept the API token of this cluster. Give the cluster a new one.",
  402: "Turso asks for a payment or a larger plan. Look at the organization's billing at Turso.",
  403: "The API token of this cluster may not do this at Turso. Give the cluster a token that may manage databases and their tokens.",
};

/**
 * Asks the platform API. Waits as long as an answer of 429 says, a few times. Throws `precondition`
 * for what a person has to mend and a plain error for what may be different the next time.
 */
export async function request<T>(door: Door, call: Call<T>): Promise<Outcome<T>> {
  for (let slowDowns = 0; ; slowDowns++) {
    const response = await door.places.runExclusive(() => send(door, call));
    const { status } = response;
    if (response.ok) return { status: "done", value: await read(response, call) };
    const retryMs = retryAfter(response);
    await response.body?.cancel();
    if (status === 404) return { status: "missing" };
    if (status === 409) return { status: "taken" };
    if (status !== 429) throw refusal(status);
    if (slowDowns === mostSlowDowns || retryMs > door.patience.slowDownMs)
      throw new Error("Turso asks to slow down for now (429).");
    await delay(retryMs);
  }
}

function refusal(status: number): Error {
  const mend = mends[status];
  if (mend) return new DomainError("precondition", mend);
  if (status >= 400 && status < 500 && status !== 408)
    return new DomainError(
      "precondition",
      `Turso refused the request (${status}). Check the organization, the group and the limits of the plan at Turso.`,
    );
  return new Error(`Turso could not answer (${status}).`);
}

async function send({ url, token, patience }: Door, { method, path, query, body }: Call<unknown>) {
  const target = new URL(path, url);
  for (const [name, value] of Object.entries(query ?? {})) target.searchParams.set(name, value);
  try {
    return await fetch(target, {
      method,
      headers: {
        authorization: `Bearer ${token.reveal()}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      // The token goes to this host and to no other.
      redirect: "error",
      signal: AbortSignal.timeout(patience.requestMs),
    });
  } catch (error) {
    throw new Error("Turso did not answer.", { cause: error });
  }
}

async function read<T>(response: Response, { answer }: Call<T>): Promise<T | null> {
  if (!answer) {
    await response.body?.cancel();
    return null;
  }
  let given: unknown;
  try {
    given = await response.json();
  } catch (error) {
    // A parser may quote what it was given.
    const why = error instanceof Error ? error.name : "unknown";
    throw new Error(`The answer of Turso broke off or is no JSON (${why}).`);
  }
  const parsed = answer.safeParse(given);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new Error(`The answer of Turso has another shape than expected: ${paths}.`);
}

const shortestWaitMs = 100;
const usualWaitMs = 1_000;

/** Milliseconds: the header has seconds, or a date. */
function retryAfter({ headers }: Response): number {
  const given = headers.get("retry-after") ?? "";
  if (given === "") return usualWaitMs;
  const ms = Number.isNaN(Number(given)) ? Date.parse(given) - Date.now() : Number(given) * 1_000;
  return Number.isNaN(ms) ? usualWaitMs : Math.max(ms, shortestWaitMs);
}
