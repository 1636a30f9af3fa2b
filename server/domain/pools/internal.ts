import { DomainError } from "@/server/kernel/errors";
import type { PoolRow } from "./row";
import { poolRefusal, type PoolAction } from "./state";

/** Throws `precondition` with the state table's own sentence. */
export function requirePoolState(action: PoolAction, row: PoolRow): void {
  const refusal = poolRefusal(action, row);
  if (refusal) throw new DomainError("precondition", refusal);
}

export const aboutPool = (row: { id: string; slug: string }) => ({
  subject: { kind: "pool", id: row.id, label: row.slug },
});

export const changedMeanwhile = () =>
  new DomainError("conflict", "The pool has changed in the meantime. Look again.");
