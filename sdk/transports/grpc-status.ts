import { Metadata, status, type StatusObject } from "@grpc/grpc-js";
import { isFreeholdError } from "../errors/freehold-error.ts";
import type { RefusalCode } from "../errors/refusal-code.ts";
import { refusedHeader } from "./message.ts";

const statusOfRefusal: Record<RefusalCode, status> = {
  invalid: status.INVALID_ARGUMENT,
  unauthenticated: status.UNAUTHENTICATED,
  tenant_required: status.UNAUTHENTICATED,
  tenant_conflict: status.PERMISSION_DENIED,
  not_found: status.NOT_FOUND,
  tenant_inactive: status.PERMISSION_DENIED,
  forbidden: status.PERMISSION_DENIED,
  limit: status.RESOURCE_EXHAUSTED,
  schema_too_old: status.FAILED_PRECONDITION,
  unavailable: status.UNAVAILABLE,
};

/**
 * The status that answers an error. A refusal's code is in the trailer `x-freehold-refused`; what
 * is no refusal is INTERNAL and tells nothing.
 */
export function grpcStatus(error: unknown): StatusObject {
  const metadata = new Metadata();
  if (!isFreeholdError(error))
    return { code: status.INTERNAL, details: "The tenant of the call cannot be found out.", metadata };
  metadata.set(refusedHeader, error.code);
  return { code: statusOfRefusal[error.code], details: error.message, metadata };
}
