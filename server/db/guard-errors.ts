import { DomainError, type ErrorCode } from "@/server/kernel/errors";

const guards: Record<string, [ErrorCode, string]> = {
  last_owner: ["conflict", "An organization needs at least one owner. Make someone else an owner first."],
  last_operator: ["conflict", "Freehold needs at least one operator. Make someone else an operator first."],
  invitation: ["conflict", "This invitation cannot be used any more, or it is for another address."],
  default_environment: [
    "conflict",
    "The default environment cannot be deleted. Make another one the default first.",
  ],
  protected_environment: [
    "precondition",
    "This environment is protected. An organization admin can lift the protection.",
  ],
  cluster_full: ["limit", "The cluster is full. Place it on another one, or raise the cluster's capacity."],
  pool_full: ["limit", "The pool is full. Place it in another one, or raise the pool's capacity."],
  version_status: ["conflict", "The version has changed in the meantime. Look again and retry."],
  version_published: ["conflict", "A version that was published stays. Deprecate it instead."],
  status_edge: ["conflict", "The environment has changed in the meantime. Look again and retry."],
};

/** What the database itself said. The errors around it quote the values of the statement, which people choose. */
function innermostMessage(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return error.cause instanceof Error ? innermostMessage(error.cause) : error.message;
}

/** Turns a refusal by one of the database's own guards into a DomainError; anything else passes unchanged. */
export function toDomainError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const name = /freehold:([a-z_]+)/.exec(innermostMessage(error))?.[1];
  const guard = name ? guards[name] : undefined;
  return guard ? new DomainError(guard[0], guard[1], { cause: error }) : error;
}

/** True when `error` is the violation of the unique index that starts with this column, such as `user.email`. */
export function isUniqueViolation(error: unknown, column: string): boolean {
  return new RegExp(`UNIQUE constraint failed: [^\\n]*\\b${column.replace(".", "\\.")}\\b`).test(
    innermostMessage(error),
  );
}
