import { FreeholdError } from "../errors/freehold-error.ts";
import { statusOf, type RefusalCode } from "../errors/refusal-code.ts";
import { Fields } from "./fields.ts";

export interface ControlPlaneOptions {
  /** Where Freehold is: `https://freehold.example.com`. */
  url: string;
  /**
   * The key of this service, `fhs_…`. It goes into a header of requests to `url` and nowhere else.
   * May be handed on from a variable of the environment as it is: an undefined one is refused at once.
   */
  key: string | undefined;
  /** How long one answer may take. Default 3 s. */
  timeoutMs?: number;
}

export interface Request {
  method?: "GET" | "POST" | "PUT";
  /** JSON. */
  body?: unknown;
  /** What the caller has already: an answer that is the same comes without its body. */
  etag?: string | null;
  signal?: AbortSignal | undefined;
  /** How much longer than `timeoutMs` this answer may take. */
  waitMs?: number;
}

export interface Answer {
  status: number;
  /** Empty when what the caller has is still right. */
  body: string;
  isUnchanged: boolean;
  etag: string | null;
  /** The signature of the body, when the answer is one that may outlive an outage. */
  signature: string | null;
}

/** Freehold could not be asked. What it signed before may serve a while longer. */
export class Outage extends FreeholdError {
  constructor(message: string, cause?: unknown) {
    super("unavailable", message, { cause });
  }
}

const usualTimeoutMs = 3_000;
const keyShape = /^fhs_[\w-]{1,200}$/;

/** Asks Freehold as one service. Every failure is a FreeholdError; none holds the key. */
export class ControlPlaneClient {
  /** Without a slash at its end. */
  readonly url: string;
  readonly #key: string;
  readonly #timeoutMs: number;

  constructor({ url, key, timeoutMs = usualTimeoutMs }: ControlPlaneOptions) {
    const parsed = URL.parse(url);
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.search || parsed.hash)
      throw new Error("The address of Freehold is an http or https URL without a login, query or fragment.");
    if (!key)
      throw new TypeError(
        "The key of this service is missing. Set FREEHOLD_SERVICE_KEY, or the variable that it is read from, to it: fhs_….",
      );
    // Said without the key: what refuses a broken header would print it.
    if (!keyShape.test(key)) throw new Error("The key of a service looks like fhs_… and this one does not.");
    this.url = parsed.href.replace(/\/+$/, "");
    this.#key = key;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Throws Outage when there is no answer or one of a server in trouble, `unavailable` when the key
   * is not taken, and what Freehold refuses with: `not_found`, `tenant_inactive`, `invalid`.
   * When `signal` aborts, its reason.
   */
  async request(path: string, request: Request = {}): Promise<Answer> {
    const { signal, etag, waitMs = 0, method = "GET", body } = request;
    const patience = AbortSignal.timeout(this.#timeoutMs + waitMs);
    try {
      const response = await fetch(this.url + path, {
        method,
        // Whoever answers with another address is not given the key.
        redirect: "error",
        headers: {
          authorization: `Bearer ${this.#key}`,
          ...(etag ? { "if-none-match": etag } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
      });
      return answerOf(response, await response.text());
    } catch (error) {
      if (error instanceof FreeholdError) throw error;
      signal?.throwIfAborted();
      throw new Outage(
        patience.aborted ? "Freehold does not answer in time." : "Freehold cannot be reached.",
        error,
      );
    }
  }
}

function answerOf(response: Response, body: string): Answer {
  const { status, headers } = response;
  if (status === 304 || response.ok)
    return {
      status,
      body,
      isUnchanged: status === 304,
      etag: headers.get("etag"),
      signature: headers.get("freehold-entry"),
    };
  throw refusalOf(status, body);
}

const isCode = (code: string): code is RefusalCode => Object.hasOwn(statusOf, code);

function refusalOf(status: number, body: string): FreeholdError {
  const { code, detail } = readProblem(body);
  // The caller of the service did nothing wrong: it is the service that Freehold does not know.
  if (code === "unauthenticated" || code === "forbidden")
    return new FreeholdError("unavailable", `Freehold refuses this service: ${detail || code}`);
  // Without a code, it is somebody else that answers at this address.
  if (status >= 500 || code === null || code === "precondition" || code === "limit")
    return new Outage(`Freehold answers ${status}. ${detail}`.trim());
  if (isCode(code)) return new FreeholdError(code, detail || `Freehold refuses with ${code}.`);
  return new FreeholdError("invalid", detail || `Freehold refuses with ${code}.`);
}

function readProblem(body: string): { code: string | null; detail: string } {
  try {
    const fields = Fields.parse(body);
    return { code: fields.text("code"), detail: fields.textOr("detail", "") };
  } catch {
    // No problem document: it is not Freehold that answers, which the absent code says.
    return { code: null, detail: "" };
  }
}
