import type { EnvironmentStatus } from "./names";
import { DomainError } from "@/server/kernel/errors";

/** Throws `tenant_inactive` unless services may work with the tenant now. */
export function requireActive(status: EnvironmentStatus): void {
  if (status === "active") return;
  throw new DomainError(
    "tenant_inactive",
    `The environment is ${status}. It serves nobody until it is active.`,
  );
}
