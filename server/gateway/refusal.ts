import { isFreeholdError } from "@/sdk/errors/freehold-error";
import { statusOf, type RefusalCode } from "@/sdk/errors/refusal-code";
import { sentences as sentencesOfServices } from "@/sdk/errors/sentences";

/** What the gateway refuses by itself, beside what resolution refuses. */
const own = {
  too_large: 413,
  uri_too_long: 414,
  headers_too_large: 431,
  expectation_failed: 417,
  method_not_allowed: 405,
  request_timeout: 408,
  internal: 500,
  upstream_unavailable: 502,
  upstream_timeout: 504,
} as const;

export type GatewayCode = keyof typeof own;

const statuses: Record<RefusalCode | GatewayCode, number> = { ...statusOf, ...own };

const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  414: "URI Too Long",
  417: "Expectation Failed",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** A refusal by the gateway itself. Its message is a sentence for the client. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: RefusalCode | GatewayCode;

  constructor(code: RefusalCode | GatewayCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

// What clients read says nothing of the tenants, hosts and values that were seen: the log and the explain page do.
const sentences: Record<RefusalCode | GatewayCode, string> = {
  ...sentencesOfServices,
  invalid: "The request is malformed.",
  unauthenticated: "Send an access token that is valid here.",
  tenant_required: "Send an access token that names a tenant.",
  not_found: "Nothing is here.",
  limit: "Too many requests.",
  unavailable: "Try again in a moment.",
  too_large: "The body is too large.",
  uri_too_long: "The URL is too long.",
  headers_too_large: "The head of the request is too large.",
  expectation_failed: "Nothing is expected here but 100-continue.",
  method_not_allowed: "This method is not passed on.",
  request_timeout: "The request did not come in time.",
  internal: "Something went wrong.",
  upstream_unavailable: "The service cannot be reached.",
  upstream_timeout: "The service did not answer in time.",
};

export interface Refusal {
  status: number;
  code: RefusalCode | GatewayCode;
  detail: string;
}

/** What is told of anything that was thrown. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof GatewayError)
    return { status: statuses[error.code], code: error.code, detail: error.message };
  if (isFreeholdError(error)) return refusalWith(error.code);
  const status = statusIn(error);
  if (status === 413) return refusalWith("too_large");
  if (status >= 400 && status < 500) return refusalWith("invalid");
  return refusalWith("internal");
}

/** The body of a problem document (RFC 9457) and the headers that go with it. */
export function problemOf({ status, code, detail }: Refusal, requestId: string) {
  const body = JSON.stringify({
    type: "about:blank",
    title: titles[status],
    status,
    detail,
    code,
    request_id: requestId,
  });
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": requestId,
    ...(status === 401 ? { "www-authenticate": "Bearer" } : {}),
    ...(status === 405 ? { allow: methods.join(", ") } : {}),
    ...(status === 503 ? { "retry-after": "1" } : {}),
  };
  return { body, headers };
}

/** The same as bytes, for a socket that no response belongs to. */
export function problemBytes(refusal: Refusal, requestId: string): string {
  const { body, headers } = problemOf(refusal, requestId);
  const lines = Object.entries({
    ...headers,
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${refusal.status} ${titles[refusal.status] ?? ""}\r\n${lines.join("")}\r\n${body}`;
}

/** The methods that are passed on. */
export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

function refusalWith(code: RefusalCode | GatewayCode): Refusal {
  return { status: statuses[code], code, detail: sentences[code] };
}

function statusIn(error: unknown): number {
  const found = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  return typeof found === "number" ? found : 500;
}
