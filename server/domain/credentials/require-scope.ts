import type { DatabaseRow } from "@/server/domain/environments/home";
import { DomainError } from "@/server/kernel/errors";
import type { CredentialScope } from "./names";
import { sharedScopeRefusal } from "./state";

/** Throws `invalid` where no login of that scope can be had: the schema of a pool is everybody's. */
export function requireScopeOf({ poolId }: Pick<DatabaseRow, "poolId">, scope: CredentialScope): void {
  const refusal = poolId === null ? null : sharedScopeRefusal(scope);
  if (refusal) throw new DomainError("invalid", refusal, { field: "scope" });
}
