import { TRPCError } from "@trpc/server";
import { ZodError, ZodRealError } from "zod";
import { toPublicError, toTrpcError, type PublicError } from "@/server/api/errors";
import { isDomainError } from "@/server/kernel/errors";
import { logger } from "@/server/kernel/logger";
import { toSnake } from "./keys";

const statuses: Record<PublicError["code"], number> = {
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  invalid: 400,
  conflict: 409,
  precondition: 412,
  limit: 429,
  residency_violation: 403,
  tenant_inactive: 403,
  internal: 500,
};

const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
};

/** The codes of the document's own schema: what procedures answer, and what this door refuses by itself. */
export const problemCodes = [
  ...Object.keys(statuses),
  "method_not_allowed",
  "too_large",
  "unsupported_media_type",
];

interface Problem {
  status: number;
  code: string;
  detail: string;
  fields?: PublicError["fields"];
  headers?: Record<string, string>;
}

/** A refusal of the door itself, before any procedure is reached. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The problem document (RFC 9457) for whatever was thrown. Nothing of an unexpected error gets out. */
export function problemResponse(error: unknown, requestId: string): Response {
  const { headers, ...problem } = describe(error, requestId);
  const { status, code, detail, fields } = problem;
  return Response.json(
    {
      type: "about:blank",
      title: titles[status],
      status,
      detail,
      code,
      request_id: requestId,
      ...(fields && fields.length > 0 ? { fields } : {}),
    },
    { status, headers: { ...headers, "content-type": "application/problem+json" } },
  );
}

function describe(error: unknown, requestId: string): Problem {
  if (error instanceof Refusal) return error.problem;
  if (!(error instanceof TRPCError) && !isDomainError(error))
    logger.error({ err: error, request: requestId }, "request failed");
  const { code, message, fields } = toPublicError(
    inSnakeCase(error instanceof TRPCError ? error : toTrpcError(error)),
  );
  const challenge = code === "unauthenticated" ? { headers: { "www-authenticate": "Bearer" } } : {};
  return { status: statuses[code], code, detail: message, fields, ...challenge };
}

/** The same mistakes, named as the caller spells its fields. */
function inSnakeCase(error: TRPCError): TRPCError {
  if (!(error.cause instanceof ZodError)) return error;
  const issues = error.cause.issues.map((issue) => {
    const path = issue.path.map((part) => (typeof part === "string" ? toSnake(part) : part));
    if (issue.code !== "unrecognized_keys") return { ...issue, path };
    const keys = issue.keys.map(toSnake);
    return { ...issue, keys, path: [...path, ...keys.slice(0, 1)] };
  });
  return new TRPCError({ code: error.code, message: error.message, cause: new ZodRealError(issues) });
}
