import { isDomainError, type ErrorCode } from "@/server/kernel/errors";
import { logger } from "@/server/kernel/logger";
import type { Secret } from "@/server/kernel/secret";
import type { Access, AccessBook, Target } from "./access";
import { RequestError } from "./request-error";

const answers: Record<ErrorCode, readonly [code: string, status: number]> = {
  unauthenticated: ["AUTH_FAILED", 401],
  forbidden: ["AUTH_FORBIDDEN", 403],
  residency_violation: ["AUTH_FORBIDDEN", 403],
  tenant_inactive: ["TENANT_INACTIVE", 403],
  not_found: ["NOT_FOUND", 404],
  invalid: ["INVALID", 400],
  conflict: ["CONFLICT", 409],
  precondition: ["PRECONDITION", 412],
  limit: ["LIMIT", 429],
};

/** What the token opens now. Throws RequestError when it opens nothing. */
export async function admit(book: AccessBook, target: Target, token: Secret): Promise<Access> {
  const access = await ask(book, target, token);
  if (access.expiresAt && access.expiresAt.getTime() <= Date.now())
    throw new RequestError("AUTH_EXPIRED", "The token has expired. Use a new one.", 401);
  return access;
}

async function ask(book: AccessBook, target: Target, token: Secret): Promise<Access> {
  try {
    return await book.find(target, token);
  } catch (error) {
    if (isDomainError(error)) {
      const [code, status] = answers[error.code];
      throw new RequestError(code, error.message, status);
    }
    logger.error({ err: error }, "The access book did not answer");
    throw unavailable();
  }
}

const unavailable = () =>
  new RequestError("UNAVAILABLE", "Access cannot be checked at the moment. Try again in a moment.", 503);

/** A refusal that holds, unlike a book that did not answer. */
export const isRefusal = (error: unknown): error is RequestError =>
  error instanceof RequestError && error.code !== "UNAVAILABLE";
