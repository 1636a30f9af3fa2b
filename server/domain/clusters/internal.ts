import { DomainError } from "@/server/kernel/errors";
import type { ClusterRow } from "./row";
import { clusterRefusal, type ClusterAction } from "./state";

/** Throws `precondition` with the state table's own sentence. */
export function requireState(action: ClusterAction, row: ClusterRow): void {
  const refusal = clusterRefusal(action, row);
  if (refusal) throw new DomainError("precondition", refusal);
}

export const aboutCluster = (row: { id: string; slug: string }) => ({
  subject: { kind: "cluster", id: row.id, label: row.slug },
});
