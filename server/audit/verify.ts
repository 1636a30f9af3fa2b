import { and, asc, eq, sql } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import type { Db } from "@/server/db/client";
import { chainKeyId, entryHash, genesisHash } from "./chain";

export interface ChainReport {
  chain: string;
  entries: number;
  head: string;
  /** The first entry that does not hold, or null. */
  broken: { seq: number; reason: string } | null;
}

const pageSize = 1000;

/** Every chain that has entries: the organizations' and the fleet's. */
export async function listChains(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ chain: auditEntry.chain })
    .from(auditEntry)
    .orderBy(auditEntry.chain);
  return rows.map((row) => row.chain);
}

/**
 * Walks one chain from its first entry and recomputes every hash. Finds edits, gaps,
 * reordering and entries spliced in from elsewhere; a cut tail shows only against a
 * head that was kept outside.
 */
export async function verifyChain(db: Db, chain: string): Promise<ChainReport> {
  let seq = 0;
  let head = genesisHash;
  let last: { seq: number; id: string } | undefined;
  for (;;) {
    // By (seq, id) and from the very first: an entry with a number used twice, or below 1, is met too.
    const page = await db
      .select()
      .from(auditEntry)
      .where(
        and(
          eq(auditEntry.chain, chain),
          last && sql`(${auditEntry.seq}, ${auditEntry.id}) > (${last.seq}, ${last.id})`,
        ),
      )
      .orderBy(asc(auditEntry.seq), asc(auditEntry.id))
      .limit(pageSize);
    for (const entry of page) {
      const reason = flaw(entry, seq + 1, head);
      if (reason) return { chain, entries: seq, head, broken: { seq: seq + 1, reason } };
      seq = entry.seq;
      head = entry.hash;
      last = entry;
    }
    if (page.length < pageSize) return { chain, entries: seq, head, broken: null };
  }
}

function flaw(entry: typeof auditEntry.$inferSelect, expectedSeq: number, previous: string): string | null {
  if (entry.seq !== expectedSeq) return `entry ${expectedSeq} is missing`;
  if (entry.previousHash !== previous) return "it does not continue the entry before it";
  if (entry.keyId !== chainKeyId()) return "it was written under another FREEHOLD_SECRET";
  if (entry.hash !== entryHash(entry)) return "its content does not match its hash";
  return null;
}
