import { TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { ZodError } from "zod";
import { isDomainError, type ErrorCode } from "@/server/kernel/errors";
import { sentenceOf } from "./sentences";

const trpcCodes: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  invalid: "BAD_REQUEST",
  conflict: "CONFLICT",
  precondition: "PRECONDITION_FAILED",
  limit: "TOO_MANY_REQUESTS",
  residency_violation: "FORBIDDEN",
  tenant_inactive: "FORBIDDEN",
};

/** What the outside is told: a stable code, a sentence, and the fields that are wrong. */
export interface PublicError {
  code: ErrorCode | "internal";
  message: string;
  fields: { path: string; message: string }[];
}

const general =
  "Something went wrong on our side. Try again; if it stays, the request id helps to find out why.";

export function toTrpcError(error: unknown): TRPCError {
  if (isDomainError(error))
    return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error });
  // Without its cause: whoever prints what a page throws would print the values of a failed query.
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: general });
}

/** Nothing of an unexpected error gets out but that it happened. */
export function toPublicError(error: TRPCError): PublicError {
  const { cause } = error;
  if (isDomainError(cause)) {
    return {
      code: cause.code,
      message: cause.message,
      fields: cause.field ? [{ path: cause.field, message: cause.message }] : [],
    };
  }
  if (cause instanceof ZodError && error.code === "BAD_REQUEST") {
    const fields = cause.issues.map((issue) => ({ path: issue.path.join("."), message: sentenceOf(issue) }));
    return { code: "invalid", message: fields[0]?.message ?? "This request is not valid.", fields };
  }
  if (error.code === "INTERNAL_SERVER_ERROR") return { code: "internal", message: general, fields: [] };
  if (error.code === "NOT_FOUND") return { code: "not_found", message: "There is nothing here.", fields: [] };
  return { code: "invalid", message: "This request cannot be read.", fields: [] };
}
