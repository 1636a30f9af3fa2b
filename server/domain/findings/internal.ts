import { and, eq, sql } from "drizzle-orm";
import { finding } from "@/drizzle/control/schema/findings";
import { operation } from "@/drizzle/control/schema/operations";
import type { Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import { requireUnregistered } from "./require-unregistered";

/** An orphan of the newest comparison: a database that carries a stamp and that nobody registered. */
export async function getOrphan(tx: Tx, id: string) {
  const [row] = await tx.select().from(finding).where(eq(finding.id, id));
  if (!row) throw new DomainError("not_found", "There is no such finding. Compare again: it may be gone.");
  const { clusterId, tenant } = row;
  if (row.kind !== "orphan" || clusterId === null || tenant === null)
    throw new DomainError(
      "precondition",
      "Only an orphan that carries an environment's stamp can be adopted or destroyed.",
    );
  await requireUnregistered(tx, row.databaseName);
  await requireSpared(tx, tenant);
  return { ...row, clusterId, tenant };
}

/** Throws `conflict` while an order to destroy the tenant's database is being carried out. */
async function requireSpared(tx: Tx, tenant: string): Promise<void> {
  const [ordered] = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(
      and(
        eq(operation.lockKey, tenant),
        sql`${operation.status} in ('queued', 'running', 'undoing')`,
        eq(operation.saga, "destroy-database"),
      ),
    );
  if (ordered) throw new DomainError("conflict", "This database is being destroyed. Follow the operation.");
}
