import type { DatabaseRow } from "@/server/domain/environments/home";
import { DomainError } from "@/server/kernel/errors";
import type { CredentialScope } from "./names";

/** Throws `invalid` where no login of that scope can be had: the schema of a pool is everybody's. */
export function requireScopeOf({ poolId }: Pick<DatabaseRow, "poolId">, scope: CredentialScope): void {
  if (poolId !== null && scope === "admin")
    throw new DomainError(
      "invalid",
      "In a pool there is no admin: its schema belongs to all of its tenants.",
      {
        field: "scope",
      },
    );
}
