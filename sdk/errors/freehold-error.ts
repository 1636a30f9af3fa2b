import type { Explanation } from "../resolution/explanation.ts";

/** Why a request gets no tenant, or no database. The codes are part of the contract. */
export type RefusalCode =
  /** A hint is there and is not what it must look like. */
  | "invalid"
  /** No token, or one that does not verify. */
  | "unauthenticated"
  /** Nothing that may be trusted says which tenant is meant. */
  | "tenant_required"
  /** Two hints name different tenants. */
  | "tenant_conflict"
  /** No such tenant, or none that the caller may know of. */
  | "not_found"
  /** Suspended, archived, being deleted: nobody is served. */
  | "tenant_inactive"
  | "forbidden"
  /** A limit of the tenant or of this process. */
  | "limit"
  /** The tenant's database has an older schema than the service needs. */
  | "schema_too_old"
  /** Freehold cannot be asked, and what is known here may not be used any longer. */
  | "unavailable";

/** The HTTP status that answers a refusal. */
export const statusOf: Record<RefusalCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  tenant_required: 401,
  tenant_conflict: 403,
  not_found: 404,
  tenant_inactive: 403,
  forbidden: 403,
  limit: 429,
  schema_too_old: 503,
  unavailable: 503,
};

/** True for a code of this contract, as it comes in an answer of another service. */
export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(statusOf, code);
}

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
