import { asc, isNotNull, notInArray, or } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { listChains, verifyChain } from "@/server/audit/verify";
import type { Db } from "@/server/db/client";
import { historyFlaws } from "./history";

/** Everything has ended, nobody holds a lease, and the audit trail tells the whole way to what is there now. */
export async function recordFlaws(db: Db): Promise<string[]> {
  const flaws = await unfinished(db);
  const rows = await db.select().from(environment);
  const entries = await db
    .select()
    .from(auditEntry)
    .where(isNotNull(auditEntry.environmentId))
    .orderBy(asc(auditEntry.seq));
  for (const [id, history] of Map.groupBy(entries, (entry) => entry.environmentId))
    flaws.push(
      ...historyFlaws(
        history,
        rows.find((row) => row.id === id),
      ),
    );
  return flaws;
}

async function unfinished(db: Db): Promise<string[]> {
  const rows = await db
    .select()
    .from(operation)
    .where(or(notInArray(operation.status, ["succeeded", "failed"]), isNotNull(operation.leaseOwner)));
  return rows.map(
    (row) =>
      `operation ${row.saga} on ${row.subject} is ${row.status}, lease of ${row.leaseOwner ?? "nobody"}`,
  );
}

/** Each chain of the audit trail is whole. */
export async function chainFlaws(db: Db): Promise<string[]> {
  const flaws: string[] = [];
  for (const chain of await listChains(db)) {
    const { broken } = await verifyChain(db, chain);
    if (broken) flaws.push(`the chain ${chain} breaks at ${broken.seq}: ${broken.reason}`);
  }
  return flaws;
}
