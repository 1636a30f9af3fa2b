/**
 * What can go wrong on purpose. The code is part of the public contract; the
 * message is a sentence for a person. Anything else that is thrown is a bug.
 */
export type ErrorCode =
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "invalid"
  | "conflict"
  | "precondition"
  | "limit"
  | "residency_violation"
  | "tenant_inactive";

export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  /** The input field that the message belongs to, when there is one. */
  readonly field: string | undefined;

  constructor(code: ErrorCode, message: string, options: { field?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.field = options.field;
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === "DomainError" && "code" in error;
}
