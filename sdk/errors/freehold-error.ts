import type { Explanation } from "../resolution/explanation.ts";
import { statusOf, type RefusalCode } from "./refusal-code.ts";

/** A refusal. Its message is a sentence for a person and holds no secret and no tenant's id. */
export class FreeholdError extends Error {
  override readonly name = "FreeholdError";
  readonly code: RefusalCode;
  /** Every step of the resolution that was refused, for logs and the explain page; never for the client. */
  readonly explanation: Explanation | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    options: { explanation?: Explanation; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.explanation = options.explanation;
  }

  get status(): number {
    return statusOf[this.code];
  }
}

/** Also true for one that another copy of this package threw. */
export function isFreeholdError(error: unknown): error is FreeholdError {
  return error instanceof Error && error.name === "FreeholdError" && "code" in error;
}
